import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { journeyJsonSchema, journeySchemaText } from './json-schema.ts';
import { describeLanguage } from './reference/describe-language.ts';

const read = (file: string): string => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
const journeys = ['demo-follow-up', 'increase-engagement'].map(
  (id) => [id, read(`infra/clients/acme/journeys/${id}.journey.json`)] as const,
);

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
