import { Validator } from '@seriousme/openapi-schema-validator';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { schemas } from '#functions/api/describe-api/schemas';
import { manifest } from '#infra/manifest';
import { type Office, openOffice, tokens } from '../bad-input/office/world.ts';
import { compileErrors, generateTypes } from './generate-client.ts';

type Schema = { $ref?: string };
/** What tells of a type: words alone do not. */
const keywords = ['type', 'anyOf', 'oneOf', 'allOf', 'enum', 'const', '$ref'];
type Content = Record<string, { schema?: Schema }>;

type Operation = {
  operationId: string;
  summary: string;
  security: Record<string, string[]>[];
  requestBody?: { content: Content };
  responses: Record<string, { content?: Content; $ref?: string }>;
};
interface Description {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema> };
}

let office: Office;
let description: Description;
beforeAll(async () => {
  office = await openOffice();
  description = (await office.ask('GET', '/v1/openapi.json', { token: '' })).json();
});
afterAll(() => office.close());

const operations = (): [string, Operation][] =>
  Object.entries(description.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): [string, Operation] => [
      `${method.toUpperCase()} ${path}`,
      operation,
    ]),
  );
const shape = (route: string): string => route.replace(/\{\w+\}/g, '{}');

describe('the description that is served', () => {
  test('is OpenAPI 3.1 to a validator that is not ours, and a broken one is not', async () => {
    const validate = (document: object) =>
      new Validator().validate(structuredClone(document) as Record<string, unknown>);
    expect(await validate(description)).toEqual({ valid: true });
    const broken = { ...description, paths: { '/v1/me': { get: { responses: { 200: {} } } } } };
    expect((await validate(broken)).valid).toBe(false);
  });

  test('tells of every route of the manifest its words, its answers, its refusals and its role', () => {
    const described = new Map(operations().map(([route, operation]) => [shape(route), operation]));
    for (const { record } of manifest)
      for (const trigger of record.triggers) {
        if (trigger.kind !== 'http' || trigger.method === 'OPTIONS' || trigger.method === 'HEAD') continue;
        const operation = described.get(shape(`${trigger.method} ${trigger.path}`));
        const { summary = '', responses = {}, security = [] } = operation ?? {};
        expect(summary.length, trigger.path).toBeGreaterThan(5);
        expect(Object.keys(responses)).toContain('default');
        if (trigger.access === 'public') continue;
        expect(security, trigger.path).toEqual([{ token: [trigger.access] }]);
        expect(Object.keys(responses)).toEqual(expect.arrayContaining(['401', '403']));
      }
  });

  test('leaves no answer and no body untyped', () => {
    const says = (schema: Schema | undefined): boolean => {
      const name = schema?.$ref?.split('/').at(-1);
      const found = name === undefined ? schema : description.components.schemas[name];
      return found !== undefined && keywords.some((keyword) => keyword in found);
    };
    const untyped = operations().flatMap(([route, { responses, requestBody }]) =>
      [...Object.values(responses), ...(requestBody ? [requestBody] : [])].flatMap(({ content = {} }) =>
        Object.entries(content)
          .filter(([media, { schema }]) => (media.includes('json') || requestBody) && !says(schema))
          .filter(([media]) => !/^(?:text|image)\//.test(media))
          .map(([media]) => `${route} ${media}`),
      ),
    );
    expect(untyped).toEqual([]);
    expect(says({ description: 'Any JSON value' } as Schema)).toBe(false);
  });

  test('gives each operation a name of its own', () => {
    const names = operations().map(([, { operationId }]) => operationId);
    expect(new Set(names).size).toBe(names.length);
  });
});

test('a client that is generated from it compiles, and does its work on the embedded world', async () => {
  const types = await generateTypes(description);
  expect(types.length).toBeGreaterThan(100_000);
  const untyped = [...types.matchAll(/^ {8}(\w+): (?:unknown|any);/gm)].map(([, name]) => name);
  expect(untyped, 'schemas of which a client learns nothing').toEqual([]);
  expect(compileErrors('test/openapi/flows.ts')).toEqual([]);
  // Not known to the compiler of this project: what it imports is made just now.
  const { knowSomebody, makePublisher, publishJourney, readAudit } = await import(
    ['.', 'flows.ts'].join('/')
  );
  const where = {
    baseUrl: 'http://127.0.0.1',
    fetch: async (request: Request): Promise<Response> => {
      const { pathname, search } = new URL(request.url);
      const { status, bytes, headers } = await office.world.http({
        ...{ method: request.method, path: pathname + search },
        headers: Object.fromEntries(request.headers),
        body: new Uint8Array(await request.arrayBuffer()),
      });
      return new Response(status === 204 ? null : Buffer.from(bytes), { status, headers: headers as never });
    },
  };
  const publisher = await makePublisher(where, tokens.admin);
  expect(publisher).toMatchObject({ role: 'publisher', client: 'acme' });
  expect(await publishJourney(where, publisher.token)).toEqual({
    ...{ draft: 'draft', lost: 'changed-meanwhile', status: 'live', version: 1, listed: ['generated'] },
  });
  const version = '/v1/journeys/generated/versions/1';
  for (const [path, schema] of [
    [version, schemas.JourneyVersion],
    [`${version}/asl`, schemas.StateMachine],
    ['/v1/projects/wk_acme/settings', schemas.SourceSettings],
    ['/v1/openapi.json', schemas.OpenApi],
  ] as const) {
    const { error } = schema.safeParse((await office.ask('GET', path, { token: tokens.admin })).json());
    expect([path, error?.issues ?? []]).toEqual([path, []]);
  }
  const known = await knowSomebody(where, publisher.token, 'wk_acme');
  expect(known).toMatchObject({ success: true, firstName: 'Ada', refused: 'unauthorized' });
  const kept = await readAudit(where, tokens.admin, publisher.id);
  expect(kept.sort()).toEqual([
    'GET /v1/contacts 200',
    'PATCH /v1/contacts/{id} 200',
    'POST /v1/journeys/{id}/publish 200',
    'POST /v1/journeys/{id}/publish 412',
    'PUT /v1/journeys/{id} 200',
  ]);
}, 60_000);
