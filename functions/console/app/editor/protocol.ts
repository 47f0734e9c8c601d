import type { Issue } from '#kernel/issue';
import type { Journey } from '#statemachines/document/schema';

export interface StepPlace {
  /** What it is called in the tree. */
  id: string;
  /** JSON Pointer in the text. */
  path: string;
  line: number;
}

export interface CheckedText {
  issues: Issue[];
  /** To be drawn: what cannot be read yet is a step that says so. Absent where there is no tree at all. */
  readable?: Journey | undefined;
  steps: StepPlace[];
}

export interface Completion {
  label: string;
  /** What is put in the place of `from` to `to`; `${1:…}` are fields to fill in. */
  insert: string;
  from: number;
  to: number;
  detail?: string | undefined;
  info?: string | undefined;
}

export interface Explained {
  text: string;
  from: number;
  to: number;
}

/** What is written in JSON and has a schema. */
export type Kind = 'journey' | 'segment' | 'form' | 'template';

/** What the page asks of the worker that reads documents, so that typing never waits. */
export interface Reader {
  check(text: string): Promise<CheckedText>;
  mend(text: string): Promise<{ text: string; repaired: number }>;
  complete(kind: Kind, text: string, offset: number): Promise<Completion[]>;
  explain(kind: Kind, text: string, offset: number): Promise<Explained | undefined>;
}

export type Question = {
  [Name in keyof Reader]: { name: Name; given: Parameters<Reader[Name]> };
}[keyof Reader];
