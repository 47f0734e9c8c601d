import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, it } from 'vitest';
import { clientsFolder } from '../../client-folder.ts';
import { ratesSchemaText } from './json-schema.ts';

const journeys = join(clientsFolder, 'acme/journeys');

it.each([import.meta.dirname, journeys])(
  'rates.schema.json in %s is in step (else `npm run generate`)',
  (folder) => {
    expect(readFileSync(join(folder, 'rates.schema.json'), 'utf8')).toBe(ratesSchemaText());
  },
);

it('accepts the sample rates, and refuses a share of 35', () => {
  const validate = new Ajv2020({ strict: true, allowUnionTypes: true, strictRequired: false }).compile(
    JSON.parse(ratesSchemaText()),
  );
  const sample = JSON.parse(readFileSync(join(journeys, 'demo-follow-up.rates.json'), 'utf8'));
  validate(sample);
  expect(validate.errors).toBeNull();
  expect(validate({ messages: { email: { opened: 35 } } })).toBe(false);
});
