import { z } from 'zod';
import type { Operation } from './operations/operation.ts';
import { operations } from './operations.ts';
import { type SchemaName, schemas } from './schemas.ts';

type JsonObject = Record<string, unknown>;

const reference = (name: SchemaName): JsonObject => ({ $ref: `#/components/schemas/${name}` });

const content = (schema: SchemaName | undefined, media: readonly string[]): JsonObject => ({
  content: Object.fromEntries(media.map((type) => [type, schema ? { schema: reference(schema) } : {}])),
});

const answerOf = ({ text, schema, media }: Operation['answers'][number]): JsonObject => ({
  description: text,
  ...(schema || media ? content(schema, [media ?? 'application/json']) : {}),
});

const problem = { description: 'Why not', ...content('Problem', ['application/problem+json']) };

const parametersOf = ({ path, query = [] }: Operation): JsonObject[] => [
  ...[...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  })),
  ...query.map((name) => ({ name, in: 'query', schema: { type: 'string' } })),
];

/** Of a bearer token the list names the role that it takes, as OpenAPI 3.1 has it. */
const securityOf = (access: Operation['access']): JsonObject[] => {
  if (access === 'public') return [];
  if (access === 'writeKey') return [{ writeKey: [] }, { writeKeyInQuery: [] }, {}];
  return [{ token: [access] }];
};

const describe = (operation: Operation): JsonObject => {
  const parameters = parametersOf(operation);
  const { summary, access, body, answers } = operation;
  return {
    summary,
    security: securityOf(access),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(body
      ? { requestBody: { required: true, ...content(body.schema, body.media ?? ['application/json']) } }
      : {}),
    responses: {
      ...Object.fromEntries(Object.entries(answers).map(([status, answer]) => [status, answerOf(answer)])),
      '4XX': problem,
    },
  };
};

const pathsOf = (): Record<string, JsonObject> => {
  const paths: Record<string, JsonObject> = {};
  for (const operation of operations)
    paths[operation.path] = {
      ...paths[operation.path],
      [operation.method.toLowerCase()]: describe(operation),
    };
  return paths;
};

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
      key === '$schema' || key === '$id' ? undefined : value,
    )
      .replaceAll('__shared#/$defs/', 'Shared/$defs/')
      .replaceAll('"__shared":', '"Shared":'),
  ) as JsonObject;
};

/** OpenAPI 3.1 of every route, from the schemas that validate. */
export const createOpenApi = (baseUrl: string): JsonObject => ({
  openapi: '3.1.1',
  info: { title: 'Wayleaf', version: '1', summary: 'Customer journeys in your own AWS account' },
  servers: [{ url: baseUrl }],
  paths: pathsOf(),
  components: {
    schemas: componentSchemas(),
    securitySchemes: {
      token: { type: 'http', scheme: 'bearer' },
      writeKey: { type: 'http', scheme: 'basic', description: 'The write key as user name, no password' },
      writeKeyInQuery: { type: 'apiKey', in: 'query', name: 'writeKey' },
    },
  },
});
