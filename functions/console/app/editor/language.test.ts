import { expect, test } from 'vitest';
import { completeAt, explainAt } from './language.ts';
import type { Kind } from './protocol.ts';

/** `|` is where the caret stands. */
const labels = async (kind: Kind, text: string): Promise<string[]> =>
  (await completeAt(kind, text.replace('|', ''), text.indexOf('|'))).map(({ label }) => label);

test.each<[Kind, string, string[]]>([
  ['segment', '{ "name": "x", | }', ['if']],
  ['segment', '{ "name": "x", "if": { | } }', ['all', 'any', 'not', 'did', 'tag', 'consent']],
  ['segment', '{ "name": "x", "if": { "all": [{ | }] } }', ['did', 'segment']],
  ['form', '{ | }', ['fields', 'consent', 'origins', 'honeypot', 'doubleOptIn']],
  ['form', '{ "fields": { "email": { "type": | } } }', ['"email"', '"choice"']],
  ['template', '{ "channel": | }', ['"email"', '"sms"']],
  ['template', '{ "channel": "email", | }', ['subject', 'preheader', 'topic']],
  ['journey', '{ "wayleaf": 1, | }', ['enter', 'steps']],
])('of a %s, %s is completed', async (kind, text, wanted) => {
  expect(await labels(kind, text)).toEqual(expect.arrayContaining(wanted));
});

test('what stands there is explained in the words of its own schema', async () => {
  const text = '{ "name": "x", "honeypot": "website" }';
  const at = text.indexOf('honeypot') + 2;
  expect((await explainAt('form', text, at))?.text).toBeTruthy();
  expect(await explainAt('segment', text, at)).toBeUndefined();
});
