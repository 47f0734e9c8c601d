import { expect, test } from 'vitest';
import type { FormSource } from '#model/form';
import { htmlOf } from './html.ts';
import { asForm, inputsOf } from './inputs.ts';

const form: FormSource = {
  name: 'Demo',
  fields: {
    email: { type: 'email', required: true, label: 'E-mail' },
    size: { type: 'choice', options: ['<5', '5+'] },
    zone: { type: 'hidden' },
    vip: { type: 'boolean', label: 'VIP "really"' },
  },
  consent: { field: 'consent', value: 'yes', channel: 'email', text: 'Write to me <b>' },
  honeypot: 'website',
};

test('the HTML posts every field by its name, and whatever was written stays text', () => {
  const html = htmlOf(form, 'demo', 'https://api.example.com');
  expect(html).toContain('action="https://api.example.com/v1/forms/demo"');
  expect(html).toContain('<input type="email" name="email" required autocomplete="email">');
  expect(html).toContain('<option>&#60;5</option>');
  expect(html).toContain('Write to me &#60;b&#62;');
  expect(html).toContain('name="website"');
  expect(html).not.toMatch(/<b>|"really"/);
});

test('consent is a checkbox with the one value that counts', () => {
  expect(inputsOf(form).at(-1)).toMatchObject({ name: 'consent', type: 'checkbox', value: 'yes' });
});

test('what is typed and no form yet is none', () => {
  expect([undefined, 7, {}, { fields: [] }, { fields: { a: 'x' } }].map(asForm)).toEqual([
    ...[undefined, undefined, undefined],
    { fields: [] },
    undefined,
  ]);
  expect(asForm(form)).toBe(form);
});
