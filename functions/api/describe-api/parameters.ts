import type { Operation } from './operations/operation.ts';

type JsonObject = Record<string, unknown>;

const text = { type: 'string' };
const time = { type: 'string', format: 'date-time' };
const whole = { type: 'integer', minimum: 1 };

/** What may stand in a query, by name; a name means the same wherever it stands. */
const known: Readonly<Record<string, { schema?: JsonObject; description: string }>> = {
  actor: { description: 'Id of the token that did it, or `deployment`' },
  after: { description: '`next` of the page before' },
  consentText: { description: 'The words that people agreed to' },
  cursor: { description: '`next` of the page before' },
  dates: { schema: { enum: ['DMY', 'MDY'] }, description: 'How dates with slashes are read' },
  decimal: { schema: { enum: [',', '.'] }, description: 'What stands before decimals' },
  email: { description: 'An e-mail address' },
  encoding: { description: 'Of the file, where it does not say so itself' },
  format: { description: 'How the answer is written' },
  from: { description: 'Where it begins: a row of a result, or a day of a report' },
  limit: { schema: whole, description: 'At most so many' },
  map: { description: '`HEADING=FIELD`, for each column that is not found by its name' },
  parts: { schema: whole, description: 'The file follows in so many parts' },
  phone: { description: 'A telephone number with its country code' },
  plot: { description: 'Which plot, where `format` is svg; the first when left out' },
  segment: { description: 'Only who is in this segment' },
  separator: { description: 'What stands between cells' },
  since: { schema: time, description: 'From then on' },
  subject: { description: 'What it was done to, such as `journeys/hello`' },
  table: { description: 'Which table, where `format` is csv; the first when left out' },
  tag: { description: 'Given to everybody in the file' },
  to: { description: 'The last day' },
  until: { schema: time, description: 'Until then' },
  userId: { description: "The id that the client's own systems have for somebody" },
};

const pathNames: Readonly<Record<string, string>> = {
  id: 'Which one',
  form: 'Which form',
  n: 'Number of the version',
  name: 'Its name',
  number: 'Which part, from 1',
  token: 'From the link in a message',
  writeKey: "The client's public key",
};

const described = (where: string, name: string, description: string | undefined): string => {
  if (description !== undefined) return description;
  throw new Error(`${where} has a parameter "${name}" that nobody described.`);
};

const ifMatch = {
  ...{ name: 'If-Match', in: 'header', schema: text },
  description: 'ETag of what was read: 412 where somebody changed it since',
};

/** Of the path, the query and, where lost edits are guarded against, the header. */
export const parametersOf = ({ method, path, query = [], choices, guarded }: Operation): JsonObject[] => [
  ...[...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => ({
    ...{ name, in: 'path', required: true, description: described(path, name, pathNames[name]) },
    schema: name === 'n' || name === 'number' ? whole : text,
  })),
  ...query.map((name) => {
    const schema = choices?.[name] ? { ...text, enum: choices[name] } : (known[name]?.schema ?? text);
    return { name, in: 'query', description: described(path, name, known[name]?.description), schema };
  }),
  ...(guarded && method !== 'GET' ? [ifMatch] : []),
];
