import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fieldsAsked, happeningsOffered, typedValue } from './offered.ts';
import { readTexts, type TextPart } from './texts.ts';

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

test('what only layouts and partials print is asked for, too; each is read once, and what is lost is left out', async () => {
  const stored: Record<string, unknown> = {
    'templates/hi': { layout: 'main', text: "{% render 'sign' %}" },
    'templates/yo': { layout: 'main', text: '{% render "gone" %}' },
    'layouts/main': { mjml: "{{ contact.city }} {%- render 'foot', word: 'x' -%}" },
    'partials/sign': { text: "{% render 'foot' %} {{ contact.agent }}" },
    'partials/foot': { html: "{{ contact.plan }} {% render 'sign' %}" },
  };
  const read: string[] = [];
  const texts = await readTexts(['hi', 'yo'], async ({ kind, id }: TextPart) => {
    read.push(`${kind}/${id}`);
    return stored[`${kind}/${id}`] ?? Promise.reject(new Error('404'));
  });
  expect(read.sort()).toEqual([...Object.keys(stored), 'partials/gone'].sort());
  expect(fieldsAsked(journey, texts)).toEqual([...fieldsAsked(journey), 'agent', 'city', 'plan'].sort());
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
