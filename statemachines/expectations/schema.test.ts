import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { expectationSchemaText } from './json-schema.ts';
import { expectationSchema } from './schema.ts';

const read = (file: string): string => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
const sample = JSON.parse(read('infra/clients/acme/journeys/demo-follow-up.expect.json'));
const validate = new Ajv2020({ strict: true, allowUnionTypes: true, strictRequired: false }).compile(
  JSON.parse(expectationSchemaText()),
);

describe('expect.schema.json', () => {
  it.each(['statemachines/expectations', 'infra/clients/acme/journeys'])(
    'in %s is in step (else run `npm run generate`)',
    (folder) => expect(read(`${folder}/expect.schema.json`)).toBe(expectationSchemaText()),
  );

  it('accepts what the schema accepts', () => {
    expect(expectationSchema.safeParse(sample).error).toBeUndefined();
    validate(sample);
    expect(validate.errors).toBeNull();
  });

  it.each([
    ['a case without a name', { name: undefined }],
    ['an unknown member', { expects: {} }],
    ['an expectation of nothing', { expect: {} }],
    ['an event of no kind', { events: [{ at: '+1 day' }] }],
  ])('refuses %s, as the schema does', (_, members) => {
    const file = JSON.parse(JSON.stringify({ ...sample, cases: [{ ...sample.cases[0], ...members }] }));
    expect(expectationSchema.safeParse(file).success).toBe(false);
    expect(validate(file)).toBe(false);
  });
});
