import { expect, test } from 'vitest';
import * as z from 'zod';
import { contactRuleMembers } from './contact-rules.ts';
import { isFieldName, reservedFieldNames } from './field.ts';
import { formSchema } from './form.ts';

const catalogue = z.strictObject(contactRuleMembers);
const inCatalogue = (name: string): boolean =>
  catalogue.safeParse({ fields: Object.fromEntries([[name, { type: 'text' }]]) }).success;
const inForm = (name: string): boolean =>
  formSchema.safeParse({
    name: 'Demo',
    fields: Object.fromEntries([
      ['email', { type: 'email' }],
      [name, { type: 'text' }],
    ]),
  }).success;

// `__proto__` never gets this far: the door for JSON refuses it, and zod leaves it out.
const refusable = [...reservedFieldNames].filter((name) => name !== '__proto__');
test.each(refusable)('refuses %s as a field, in the catalogue and in events', (name) => {
  expect({ catalogue: inCatalogue(name), event: isFieldName(name) }).toEqual({
    catalogue: false,
    event: false,
  });
});

test.each(['plan', 'createdAt', 'timezone'])('takes %s as a field everywhere', (name) => {
  expect([inCatalogue(name), inForm(name), isFieldName(name)]).toEqual([true, true, true]);
});

test('a form may say the stage of a contact, and nothing that nobody sets', () => {
  expect(['stage', 'tags'].map(inForm)).toEqual([true, true]);
  expect(['id', 'updatedAt', 'segments', 'constructor'].map(inForm)).toEqual([false, false, false, false]);
});

test('the checkbox of a consent may be called as it likes', () => {
  const consent = { field: 'consent', value: 'yes', channel: 'email', text: 'You may write to me.' };
  expect(formSchema.safeParse({ name: 'D', fields: { email: { type: 'email' } }, consent }).success).toBe(
    true,
  );
});
