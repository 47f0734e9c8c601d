import type { Issue } from '#kernel/issue';

/** What of the client's a journey may name. What is left out is not checked. */
export interface References {
  /** What the document goes by: the name of its file, or the address that it was sent to. */
  id?: string | undefined;
  templates?: Lookup<TemplateFacts>;
  forms?: Lookup<unknown>;
  segments?: Lookup<unknown>;
  teams?: Lookup<unknown>;
  journeys?: Lookup<unknown>;
  /** What a contact can leave without leaving a channel. */
  topics?: Lookup<unknown>;
  /** Where contacts may stand; any word is a stage where the client names none. */
  stages?: Lookup<unknown>;
  /** The client's catalogue of fields, by name. */
  fields?: Lookup<{ type: string; options?: readonly string[] | undefined }>;
  /** Fields that contacts of this client can have: of its forms, imports and the standard ones. */
  contactFields?: Iterable<string>;
  /** What the renderer says of a text with Liquid; handed in, as it is too large for a browser. */
  checkText?: (text: string) => readonly TextIssue[];
}

/** One mistake in a text: `invalid-liquid`, or `unknown-variable` for a name the client does not have. */
export type TextIssue = Pick<Issue, 'code' | 'message' | 'hint'>;

/** By id. */
export type Lookup<T> = Readonly<Record<string, T>> | ReadonlyMap<string, T>;

/** What the checks ask of a template. */
export interface TemplateFacts {
  channel: string;
  /** Paths such as `contact.firstName` that it reads without a default. */
  variables?: readonly string[];
  hasUnsubscribe?: boolean;
}

export const ids = (lookup: Lookup<unknown>): string[] =>
  lookup instanceof Map ? [...lookup.keys()] : Object.keys(lookup);

export const find = <T>(lookup: Lookup<T>, id: string): T | undefined => {
  if (lookup instanceof Map) return (lookup as ReadonlyMap<string, T>).get(id);
  return Object.hasOwn(lookup, id) ? (lookup as Readonly<Record<string, T>>)[id] : undefined;
};
