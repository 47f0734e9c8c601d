import type { SchemaName } from '../schemas.ts';

/** One operation of the API, as the description tells it. */
export interface Operation {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  path: string;
  summary: string;
  /** `writeKey`: by Basic auth, `?writeKey=` or in the body. */
  access: 'public' | 'writeKey' | 'admin';
  body?: { schema: SchemaName; media?: readonly string[] };
  query?: readonly string[];
  answers: Readonly<Record<number, { text: string; schema?: SchemaName; media?: string }>>;
}
