import { expect, test } from 'vitest';
import { describedContact, knownContact } from './contact.ts';

test('a contact of ours walks with its fields, and with the consent that it gave', () => {
  const consent = { email: { given: true }, sms: { given: false } };
  expect(knownContact({ email: 'a@example.com', fields: { companySize: 5 }, consent, score: 7 })).toEqual({
    ...{ email: 'a@example.com', companySize: 5, consent: ['email'], score: 7 },
  });
});

test('a described contact has what was typed, and nothing where nothing was', () => {
  const fields = { companySize: '70', 'address.city': 'Ulm', plan: '' };
  expect(describedContact({ email: ' a@example.com ', consent: ['email'], fields })).toEqual({
    ...{ email: 'a@example.com', consent: ['email'], companySize: 70, address: { city: 'Ulm' } },
  });
});
