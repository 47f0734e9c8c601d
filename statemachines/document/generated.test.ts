import { globSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { journeyJsonSchema, journeySchemaText } from './json-schema.ts';
import { describeLanguage } from './reference/describe-language.ts';

const read = (file: string): string => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
const root = new URL('../..', import.meta.url);
/** Every journey that comes with the product. */
const journeys = ['infra/clients/*/journeys/*.journey.json', 'infra/library/*/journey.json']
  .flatMap((pattern) => globSync(pattern, { cwd: root }))
  .sort()
  .map((file) => [file, read(file)] as const);

describe('files made from the schemas are in step (else run `npm run generate`)', () => {
  it.each(['statemachines/document', 'infra/clients/acme/journeys'])('journey.schema.json in %s', (folder) =>
    expect(read(`${folder}/journey.schema.json`)).toBe(journeySchemaText()),
  );
  it('REFERENCE.md', () => expect(read('statemachines/document/REFERENCE.md')).toBe(describeLanguage()));
});

describe('the JSON Schema', () => {
  const validate = new Ajv2020({ strict: true, allowUnionTypes: true, strictRequired: false }).compile(
    journeyJsonSchema(),
  );
  const changed = (from: string, to: string): unknown => {
    const [, text] = journeys[0]!;
    expect(text).toContain(from);
    return JSON.parse(text.replace(from, to));
  };

  it.each(journeys)('accepts %s', (_, text) => {
    validate(JSON.parse(text));
    expect(validate.errors).toBeNull();
  });
  it.each([
    ['an unknown member', '"objective"', '"objectiv"'],
    ['an unknown type', '"type": "email"', '"type": "emial"'],
    ['a broken duration', '"2 days"', '"2 month"'],
    ['an unknown operator', '"atLeast": 50', '"atleast": 50'],
    ['a comparison without operator', ', "atLeast": 50', ''],
    ['a wait without an end', '"for": "3 days"', '"name": "3 days"'],
    ['an update of nothing', '"stage": "opportunity"', '"name": "nothing"'],
    ['another version', '"wayleaf": 1', '"wayleaf": 2'],
  ])('refuses %s', (_, from, to) => expect(validate(changed(from, to))).toBe(false));
});

describe('an editor', () => {
  const schema = journeyJsonSchema() as unknown as SchemaNode & { $defs: Record<string, SchemaNode> };
  const members = [...membersIn(schema, '')];
  const meant = (member: SchemaNode): SchemaNode =>
    schema.$defs[member.$ref?.split('/').at(-1) ?? ''] ?? member;
  const isChoice = (node: SchemaNode): boolean =>
    node.const !== undefined || node.enum !== undefined || node.type === 'boolean';

  it('shows at every member what it means', () =>
    expect(members.filter(([, member]) => !member.description).map(([at]) => at)).toEqual([]));

  it('offers at every member a value to begin with', () =>
    expect(
      members.filter(([, member]) => !isChoice(meant(member)) && !member.examples?.length).map(([at]) => at),
    ).toEqual([]));

  const ajv = new Ajv2020({ strict: false }).addSchema(schema, 'journey');
  const refusedBy = (node: object, values: readonly unknown[]): unknown[] => {
    const takes = ajv.compile(JSON.parse(JSON.stringify(node).replaceAll('"#/', '"journey#/')));
    return values.filter((value) => !takes(value));
  };

  it.each(members.filter(([, member]) => member.examples))(
    'offers at %s only what the schema takes',
    (_, { examples = [], ...own }) => expect(refusedBy(own, examples)).toEqual([]),
  );

  it.each(stepExamples(schema.$defs))('offers at %s a whole step that the schema takes', (_, step) =>
    expect(refusedBy({ $ref: '#/$defs/step' }, [step])).toEqual([]),
  );
});

interface SchemaNode {
  $ref?: string;
  description?: string;
  examples?: unknown[];
  const?: unknown;
  enum?: unknown;
  type?: unknown;
  properties?: Record<string, SchemaNode>;
  $defs?: Record<string, SchemaNode>;
  [word: string]: unknown;
}

/** Every member of every object, with where it stands. */
function* membersIn(node: unknown, at: string): Generator<[string, SchemaNode]> {
  if (Array.isArray(node)) for (const [i, inner] of node.entries()) yield* membersIn(inner, `${at}/${i}`);
  if (typeof node !== 'object' || node === null || Array.isArray(node)) return;
  const {
    properties = {},
    $defs = {},
    anyOf,
    oneOf,
    items,
    prefixItems,
    additionalProperties,
  } = node as SchemaNode;
  for (const [name, member] of Object.entries(properties)) {
    yield [`${at}/${name}`, member];
    yield* membersIn(member, `${at}/${name}`);
  }
  for (const [name, inner] of Object.entries($defs)) yield* membersIn(inner, `${at}/${name}`);
  for (const inner of [anyOf, oneOf, items, prefixItems, additionalProperties]) yield* membersIn(inner, at);
}

function stepExamples(defs: Record<string, SchemaNode>): [string, unknown][] {
  return Object.entries(defs).flatMap(([name, { examples = [] }]): [string, unknown][] =>
    name.startsWith('step-') ? examples.map((example): [string, unknown] => [name, example]) : [],
  );
}
