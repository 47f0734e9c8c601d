import * as z from 'zod';
import { roleSchema } from '#model/role';
import type { Operation } from './operations/operation.ts';
import { operations } from './operations.ts';
import { parametersOf } from './parameters.ts';
import { refusalResponses, refusalsOf } from './refusals.ts';
import { type SchemaName, schemas } from './schemas.ts';

type JsonObject = Record<string, unknown>;

const reference = (name: SchemaName): JsonObject => ({ $ref: `#/components/schemas/${name}` });

const content = (schema: SchemaName | undefined, media: readonly string[]): JsonObject => ({
  content: Object.fromEntries(media.map((type) => [type, schema ? { schema: reference(schema) } : {}])),
});

const answerOf = (
  { text, schema, media }: Operation['answers'][number],
  { guarded, method }: Operation,
): JsonObject => ({
  description: text,
  ...(guarded && schema && method !== 'POST'
    ? { headers: { ETag: { $ref: '#/components/headers/ETag' } } }
    : {}),
  ...(schema || media ? content(schema, [media ?? 'application/json']) : {}),
});

/** Of a bearer token the list names the role that it takes, as OpenAPI 3.1 has it. */
const securityOf = (access: Operation['access']): JsonObject[] => {
  if (access === 'public') return [];
  if (access === 'writeKey') return [{ writeKey: [] }, { writeKeyInQuery: [] }, {}];
  return [{ token: [access] }];
};

/** `postJourneysIdPublish`: of method and path, so that it stays when words change. */
const operationId = ({ method, path }: Operation): string =>
  method.toLowerCase() +
  path
    .replace(/^\/v1/, '')
    .split(/[^A-Za-z0-9]+/)
    .filter(Boolean)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');

/** What it is about: the first word of its address. */
const tagOf = ({ access, path }: Operation): string => {
  const [, first = ''] = /^\/v1\/([^/]+)/.exec(path) ?? [];
  if (access === 'writeKey') return 'events';
  return first === '' ? (path.includes('{token}') ? 'links' : 'api') : first;
};

const describe = (operation: Operation): JsonObject => {
  const parameters = parametersOf(operation);
  const { summary, access, body, answers } = operation;
  const needs =
    access === 'public' || access === 'writeKey' ? {} : { description: `Takes the role ${access}.` };
  return {
    operationId: operationId(operation),
    tags: [tagOf(operation)],
    summary,
    ...needs,
    security: securityOf(access),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(body
      ? {
          requestBody: {
            required: !body.optional,
            ...content(body.schema, body.media ?? ['application/json']),
          },
        }
      : {}),
    responses: {
      ...Object.fromEntries(
        Object.entries(answers).map(([status, answer]) => [status, answerOf(answer, operation)]),
      ),
      ...refusalsOf(operation),
    },
  };
};

/** Addresses that differ only by the names of their parameters are one, by the names that most have. */
const pathsOf = (): Record<string, JsonObject> => {
  const paths: Record<string, JsonObject> = {};
  const alike = Map.groupBy(operations, ({ path }) => path.replace(/\{\w+\}/g, '{}'));
  for (const same of alike.values()) {
    const named = [...Map.groupBy(same, ({ path }) => path)].toSorted(([, a], [, b]) => b.length - a.length);
    const path = named[0]?.[0] ?? '';
    paths[path] = Object.fromEntries(
      same.map((operation) => [operation.method.toLowerCase(), describe({ ...operation, path })]),
    );
  }
  return paths;
};

const jsonTypes = 'string,number,boolean,null,array,object';

/** `z.json()` names itself, which no generator of types can follow; it says no more than that anything may stand there. */
const isAnyJson = (schema: unknown): schema is JsonObject => {
  const { anyOf } = (schema ?? {}) as { anyOf?: { type?: string; items?: JsonObject }[] };
  return (
    anyOf?.map(({ type }) => type).join() === jsonTypes && anyOf.some(({ items }) => '$ref' in (items ?? {}))
  );
};
const anyJson = ({ description = 'Any JSON value' }: JsonObject): JsonObject => ({ description });

/** What schemas share, zod puts beside them; here it stands among them. */
const componentSchemas = (): JsonObject => {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(schemas)) registry.add(schema, { id });
  const made = z.toJSONSchema(registry, {
    io: 'input',
    unrepresentable: 'any',
    uri: (id) => `#/components/schemas/${id}`,
  });
  return JSON.parse(
    JSON.stringify(made.schemas, (key, value: unknown) =>
      key === '$schema' || key === '$id' ? undefined : isAnyJson(value) ? anyJson(value) : value,
    )
      .replaceAll('__shared#/$defs/', 'Shared/$defs/')
      .replaceAll('"__shared":', '"Shared":'),
  ) as JsonObject;
};

const tokenText = `Made by an admin (\`POST /v1/tokens\`). Each operation names the least role that may: ${roleSchema.description}.`;

const tags = (): JsonObject[] => [...new Set(operations.map(tagOf))].sort().map((name) => ({ name }));

/** OpenAPI 3.1 of every route, from the schemas that validate. */
export const createOpenApi = (baseUrl: string): JsonObject => ({
  openapi: '3.1.1',
  info: {
    title: 'Wayleaf',
    version: '1',
    summary: 'Customer journeys in your own AWS account',
    license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
  },
  servers: [{ url: baseUrl }],
  tags: tags(),
  paths: pathsOf(),
  components: {
    schemas: componentSchemas(),
    responses: refusalResponses(),
    headers: { ETag: { description: 'For `If-Match`', schema: { type: 'string' } } },
    securitySchemes: {
      token: { type: 'http', scheme: 'bearer', description: tokenText },
      writeKey: { type: 'http', scheme: 'basic', description: 'The write key as user name, no password' },
      writeKeyInQuery: { type: 'apiKey', in: 'query', name: 'writeKey' },
    },
  },
});
