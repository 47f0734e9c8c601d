import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fieldsAsked, happeningsOffered, typedValue } from './offered.ts';

const folder = join(import.meta.dirname, '../../../../../../infra/clients/acme/journeys');
const journey = JSON.parse(readFileSync(join(folder, 'demo-follow-up.journey.json'), 'utf8'));

test('a described contact is asked for what the journey asks, and for nothing that has a place of its own', () => {
  const given = fieldsAsked(journey);
  expect(given).toContain('companySize');
  const mails = [
    { subject: 'Hi {{ contact.firstName | default: "you" }}', mjml: '{{contact.plan}} {{ contact.email }}' },
    { languages: { de: { text: '{{- contact.address.city | upcase -}}' } } },
  ];
  expect(fieldsAsked(journey, mails)).toEqual([...given, 'address.city', 'plan'].sort());
});

test('everything that the journey listens for can happen, once each, in the words of its steps', () => {
  expect(happeningsOffered(journey).map(({ name }) => name)).toEqual([
    '“Thanks, pick a time” is clicked',
    'A colleague answers “Call”: reached',
    'A colleague answers “Call”: no answer',
    'Event: Demo Booked',
  ]);
});

test('what looks like a number is one, what is empty is not there', () => {
  expect(['42', ' -1.5 ', 'true', 'x1', ' '].map(typedValue)).toEqual([42, -1.5, true, 'x1', undefined]);
});
