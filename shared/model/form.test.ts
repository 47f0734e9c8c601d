import { expect, test } from 'vitest';
import { formSchema } from './form.ts';

const form = { name: 'News', fields: { email: { type: 'email' } } };
const told = (origin: string) =>
  formSchema.safeParse({ ...form, origins: [origin] }).error?.issues.map(({ message }) => message);

test('an origin that is wrong is told so once', () => {
  expect(told('acme.example/')).toEqual(['use an address that begins with https://']);
  expect(told('https://acme.example/')).toEqual([
    'an origin is https:// and a host, without a path: "https://www.example.com"',
  ]);
});
