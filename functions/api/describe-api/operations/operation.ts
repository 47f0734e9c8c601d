import type { Role } from '#model/role';
import type { SchemaName } from '../schemas.ts';

/** One operation of the API, as the description tells it. */
export interface Operation {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  path: string;
  summary: string;
  /** The least role of a token; `writeKey`: by Basic auth, `?writeKey=` or in the body. */
  access: 'public' | 'writeKey' | Role;
  body?: { schema: SchemaName; media?: readonly string[]; optional?: true };
  query?: readonly string[];
  /** What a name of the query may say here, where that is a list. */
  choices?: Readonly<Record<string, readonly string[]>>;
  /** It heeds `If-Match` and tells the ETag. */
  guarded?: true;
  /** Statuses it may refuse with beside those that operations of its kind may; see `refusals.ts`. */
  refuses?: readonly number[];
  answers: Readonly<Record<number, { text: string; schema?: SchemaName; media?: string }>>;
}

/** One line for each: route, who may, what it does, what it answers, and what else it takes. */
export const operation = (
  route: `${Operation['method']} /${string}`,
  access: Operation['access'],
  summary: string,
  answers: Operation['answers'],
  takes: Pick<Operation, 'body' | 'query' | 'choices' | 'guarded' | 'refuses'> = {},
): Operation => {
  const [method, path] = route.split(' ') as [Operation['method'], string];
  return { method, path, summary, access, answers, ...takes };
};
