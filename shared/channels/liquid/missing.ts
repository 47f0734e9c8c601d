import { Filter, type Liquid, Output, type Template, toValueSync } from 'liquidjs';

/** What a template may name. Everything else is an author's slip. */
export const roots: ReadonlySet<string> = new Set([
  'contact',
  'trigger',
  'results',
  'data',
  'journey',
  'brand',
  'links',
]);

/** A variable without value and without `default`: the message must not go out with a hole in it. */
export class MissingVariable extends Error {
  override readonly name = 'MissingVariable';
  readonly variable: string;
  constructor(variable: string) {
    super(`"${variable}" has no value and the template gives no default`);
    this.variable = variable;
  }
}

export const pathIn = (output: Output): string =>
  /^\{\{-?\s*([\p{L}\d_][\p{L}\d_.-]*)/u.exec(output.token.getText())?.[1] ?? '';

const isBlank = (value: unknown): boolean =>
  value === null ||
  value === undefined ||
  (typeof value === 'string' && value.trim() === '') ||
  (Array.isArray(value) && value.length === 0);

/** May stand for itself when blank: it has a `default`, or the author made the value in the template. */
export const mayBeBlank = (output: Output, path: string): boolean =>
  !roots.has(path.split('.')[0] ?? '') || output.value.filters.some((f) => f.name === 'default');

const guard = (output: Output, liquid: Liquid): void => {
  const path = pathIn(output);
  if (mayBeBlank(output, path)) return;
  const refuseBlank = (value: unknown): unknown => {
    if (isBlank(value)) throw new MissingVariable(path);
    return value;
  };
  const token = { name: 'refuse_blank', args: [] } as unknown as ConstructorParameters<typeof Filter>[0];
  // Before the escaping, which liquidjs puts last.
  output.value.filters.splice(-1, 0, new Filter(token, refuseBlank, liquid));
};

export const childrenOf = (template: Template): Template[] => {
  const { children } = template as {
    children?: (partials: boolean, sync: boolean) => Generator<unknown, Template[]>;
  };
  return children ? toValueSync(children.call(template, false, true)) : [];
};

/** liquidjs's strict mode stops at `undefined`; empty and null values are holes as well. */
export const guardOutputs = (templates: readonly Template[], liquid: Liquid): void => {
  for (const template of templates) {
    if (template instanceof Output) guard(template, liquid);
    guardOutputs(childrenOf(template), liquid);
  }
};
