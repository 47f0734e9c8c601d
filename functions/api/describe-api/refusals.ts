import type { Operation } from './operations/operation.ts';

type JsonObject = Record<string, unknown>;

/** What a request may be refused with, and by which requests. */
const refusals: readonly { status: number; name: string; text: string; of(operation: Operation): boolean }[] =
  [
    {
      ...{ status: 400, name: 'Malformed', text: 'The request cannot be read; `detail` says where' },
      of: ({ body, query = [] }) => body !== undefined || query.length > 0,
    },
    {
      ...{ status: 401, name: 'Unauthorized', text: 'No token, or none that is known here' },
      of: ({ access }) => access !== 'public',
    },
    {
      ...{
        status: 403,
        name: 'Forbidden',
        text: 'The token has another role, `detail` names the one it takes; or pages of this origin may not send here',
      },
      of: ({ access }) => access !== 'public',
    },
    {
      ...{ status: 404, name: 'NotFound', text: 'There is nothing of this name' },
      of: ({ path }) => path.includes('{'),
    },
    {
      ...{ status: 409, name: 'Conflict', text: 'Not as things stand, or somebody else was quicker' },
      of: ({ method, access }) => method !== 'GET' && access !== 'public' && access !== 'writeKey',
    },
    {
      ...{ status: 412, name: 'ChangedMeanwhile', text: 'It is not what `If-Match` says; its ETag is told' },
      of: ({ guarded, method }) => guarded === true && method !== 'GET',
    },
    {
      ...{ status: 413, name: 'TooLarge', text: 'The body is too large; `detail` tells the limit' },
      of: ({ body }) => body !== undefined,
    },
    {
      ...{
        status: 415,
        name: 'OtherMedia',
        text: 'The body is of another type, charset or encoding than it may be',
      },
      of: ({ body }) => body !== undefined,
    },
    {
      ...{ status: 422, name: 'Invalid', text: 'The body has errors; `issues` holds all of them' },
      of: ({ body }) => body !== undefined,
    },
    {
      ...{ status: 429, name: 'TooMany', text: 'Too many requests; `Retry-After` says when to try again' },
      of: ({ access, method }) => access === 'writeKey' || (access === 'public' && method === 'POST'),
    },
    {
      ...{
        status: 503,
        name: 'TryAgain',
        text: 'Not just now; nothing was done. `Retry-After` says when to try again',
      },
      of: ({ method }) => method !== 'GET',
    },
  ];

const content = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };

/** Each kind of refusal once, for all operations. */
export const refusalResponses = (): JsonObject =>
  Object.fromEntries([
    ...refusals.map(({ name, text }) => [name, { description: text, content }]),
    ['Refusal', { description: 'Why not', content }],
  ]);

const reference = (name: string): JsonObject => ({ $ref: `#/components/responses/${name}` });

/** By status; `default` stands for what no rule foresees. */
export const refusalsOf = (operation: Operation): JsonObject => ({
  ...Object.fromEntries(
    refusals
      .filter(({ status }) => !(status in operation.answers))
      .filter(({ status, of }) => of(operation) || operation.refuses?.includes(status))
      .map(({ status, name }) => [status, reference(name)]),
  ),
  default: reference('Refusal'),
});
