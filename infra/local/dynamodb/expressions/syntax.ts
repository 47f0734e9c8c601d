/** A step of a path: an attribute's name, a placeholder with its `#`, or a place in a list. */
export type PathPart = string | number;
export type Path = readonly PathPart[];

export interface PathOperand {
  kind: 'path';
  path: Path;
}
export interface ValueOperand {
  kind: 'value';
  /** With its colon. */
  name: string;
}
export interface Call {
  kind: 'call';
  name: string;
  operands: readonly Operand[];
}
export type Operand = PathOperand | ValueOperand | Call;

export type Comparator = '=' | '<>' | '<' | '<=' | '>' | '>=';

export type Condition =
  | { kind: 'and' | 'or'; left: Condition; right: Condition }
  | { kind: 'not'; inner: Condition }
  | { kind: 'compare'; comparator: Comparator; left: Operand; right: Operand }
  | { kind: 'between'; operand: Operand; low: Operand; high: Operand }
  | { kind: 'in'; operand: Operand; list: readonly Operand[] }
  | Call;

export interface Arithmetic {
  kind: 'sum' | 'difference';
  left: Operand;
  right: Operand;
}
export type SetValue = Operand | Arithmetic;

export const isArithmetic = (value: SetValue): value is Arithmetic =>
  value.kind === 'sum' || value.kind === 'difference';

export interface Update {
  set: readonly { path: Path; value: SetValue }[];
  remove: readonly { path: Path }[];
  add: readonly { path: Path; value: ValueOperand }[];
  delete: readonly { path: Path; value: ValueOperand }[];
}

export type Projection = readonly Path[];

/** The attribute names and values that an expression mentions, in order. */
export interface Mentions {
  paths: readonly Path[];
  names: readonly string[];
  values: readonly string[];
}

export type Parsed<Tree> = Mentions & { tree: Tree };
