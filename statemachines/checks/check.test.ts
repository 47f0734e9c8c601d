import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkDocument } from './check.ts';
import { pointer } from './pointer.ts';

const folder = new URL('../../infra/clients/acme/journeys/', import.meta.url);
const sample = (id: string): string => readFileSync(new URL(`${id}.journey.json`, folder), 'utf8');
const samples = ['demo-follow-up', 'increase-engagement'];

describe('checkDocument', () => {
  it.each(samples)('accepts %s without errors or warnings, and gives it back as it is written', (id) => {
    const { document, issues } = checkDocument(sample(id));
    expect(issues).toEqual([]);
    expect(document).toEqual(JSON.parse(sample(id)));
  });

  it('gives no document when the shape is wrong, and gives it when only the meaning is', () => {
    expect(checkDocument('{ "wayleaf": 1 }').document).toBeUndefined();
    const lost = sample('demo-follow-up').replace('"message": "confirm"', '"message": "comfirm"');
    expect(checkDocument(lost).document?.id).toBe('demo-follow-up');
    expect(checkDocument(lost).issues.map(({ code }) => code)).toEqual(['unknown-step']);
  });

  it('points with a JSON Pointer', () => {
    expect(pointer(['steps', 0, 'set', 'a/b~c'])).toBe('/steps/0/set/a~1b~0c');
  });

  it('reads what Windows editors write: a byte order mark and CRLF', () => {
    const text = `\uFEFF${sample('demo-follow-up').replaceAll('\n', '\r\n')}`;
    expect(checkDocument(text).issues).toEqual([]);
  });

  it('takes references as maps too', () => {
    const templates = new Map([['demo-confirm', { channel: 'email' }]]);
    const codes = checkDocument(sample('demo-follow-up'), { templates }).issues.map(({ message }) => message);
    expect(codes).toEqual([
      'there is no template "demo-nudge"',
      'there is no template "demo-nudge"',
      'there is no template "self-serve"',
    ]);
  });

  it('knows variables that templates read, fields that the journey sets, and what every contact has', () => {
    const templates = {
      'self-serve': { channel: 'email', variables: ['contact.company', 'contact.plan', 'contact.nick'] },
    };
    const known = { templates, contactFields: ['companySize'] };
    const set = sample('demo-follow-up').replace('"addScore": 20', '"addScore": 20, "set": { "plan": "x" }');
    const messages = checkDocument(set, known).issues.filter(({ code }) => code === 'unknown-variable');
    expect(messages.map(({ message }) => message)).toEqual([
      expect.stringContaining('template "self-serve" uses {{ contact.nick }}, a field that no form asks for'),
    ]);
  });

  it.each([
    ['contact.shoeSize', 'warning'],
    ['contact.state', 'warning'],
    ['contact.compnaySize', 'error'],
    ['contact.firstname', 'error'],
    ['kontact.firstName', 'error'],
  ])('weighs {{ %s }}, which nothing brings that it knows of: %s', (variable, severity) => {
    const templates = { 'self-serve': { channel: 'email', variables: [variable] } };
    const { issues } = checkDocument(sample('demo-follow-up'), { templates, contactFields: ['companySize'] });
    const found = issues.filter(({ code }) => code === 'unknown-variable');
    expect(found.map((issue) => issue.severity)).toEqual([severity]);
  });

  it('tells what the renderer says of texts in steps, each thing once', () => {
    const checkText = (text: string) => [
      ...(text.includes('nosuchfilter')
        ? [{ code: 'invalid-liquid', message: 'undefined filter: nosuchfilter' }]
        : []),
      ...(text.includes('links.bok')
        ? [{ code: 'unknown-variable', message: '"links.bok" is not in client.json' }]
        : []),
    ];
    const found = (text: string): string[] => {
      const steps = [{ id: 's', type: 'sms', text }];
      const head = { wayleaf: 1, id: 'j', name: 'J', enter: { on: [{ manual: true }] } };
      return checkDocument(JSON.stringify({ ...head, steps }), { checkText }).issues.map(
        ({ code, message }) => `${code} ${message}`,
      );
    };
    expect(found('{{ contact.firstName | nosuchfilter }}')).toEqual([
      'broken-text this text cannot be filled in: undefined filter: nosuchfilter',
    ]);
    expect(found('{{ links.bok }}')).toEqual([
      'unknown-variable this text: "links.bok" is not in client.json',
    ]);
    expect(found('{{ kontact.firstName }} {{ links.bok }}').map((told) => told.split(' ')[0])).toEqual([
      'unknown-variable',
    ]);
    expect(found('{{ contact.firstName }}')).toEqual([]);
  });

  it('lets a transactional journey send mail without an unsubscribe link', () => {
    const templates = { 'demo-confirm': { channel: 'email', hasUnsubscribe: false } };
    const codes = (text: string) =>
      checkDocument(text, { templates }).issues.filter(({ code }) => code === 'no-unsubscribe').length;
    expect(codes(sample('demo-follow-up'))).toBe(1);
    expect(codes(sample('demo-follow-up').replace('"marketing"', '"transactional"'))).toBe(0);
  });

  it('never throws, and points into the text, whatever one value is replaced by', () => {
    const text = sample('increase-engagement');
    const values = [...text.matchAll(/"[^"]*"(?!\s*:)|\b\d+\b|true|\[\]/g)];
    const replacement = fc.oneof(
      fc.jsonValue({ maxDepth: 2 }),
      fc.constantFrom('', 'x', null, [], {}, [null], 0, true),
    );
    fc.assert(
      fc.property(fc.nat(values.length - 1), replacement, (index, value) => {
        const { 0: old, index: at } = values[index]!;
        const changed = text.slice(0, at) + JSON.stringify(value) + text.slice(at + old.length);
        const lines = changed.split('\n');
        for (const issue of checkDocument(changed).issues)
          expect(lines[issue.line! - 1]?.length).toBeGreaterThanOrEqual(issue.column! - 1);
      }),
      { numRuns: 400 },
    );
  });

  it('never throws on any text', () => {
    const pieces = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      '"steps"',
      '"type"',
      '"id"',
      ':',
      ',',
      '"a"',
      '1',
      'null',
      '"email"',
      '"if"',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 30 }), (parts) => {
        expect(checkDocument(parts.join('')).issues.length).toBeGreaterThan(0);
      }),
      { numRuns: 500 },
    );
  });

  it('leaves out what would make the answer too large, and says so', () => {
    const members = Array.from({ length: 6000 }, (_, i) => `"m${i}": 1`).join(', ');
    const { issues } = checkDocument(sample('demo-follow-up').replace('{', `{ ${members}, `));
    expect(issues).toHaveLength(5001);
    expect(issues.at(-1)).toMatchObject({
      code: 'more-issues',
      message: expect.stringMatching(/^1000 more/),
    });
  });

  it.each([
    ['tags that are never closed', '{%'.repeat(9_000)],
    ['outputs that are never closed', '{{ a'.repeat(4_500)],
    ['blanks', `{{${' '.repeat(19_000)}`],
  ])('judges hostile texts in one pass: %s', (_, script) => {
    const task = (id: string) => ({ id, type: 'task', team: 'sales', title: 'x', script });
    const steps = Array.from({ length: 40 }, (_, i) => task(`s${i}`));
    const started = performance.now();
    checkDocument(
      JSON.stringify({ wayleaf: 1, id: 'j', name: 'J', enter: { on: [{ manual: true }] }, steps }),
    );
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  it('gives its issues in the order of the document', () => {
    const text = sample('increase-engagement')
      .replaceAll('"template"', '"templat"')
      .replaceAll('days"', 'moons"');
    const places = checkDocument(text).issues.map(({ line = 0, column = 0 }) => line * 10_000 + column);
    expect(places.length).toBeGreaterThan(10);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  });
});

it.each([
  ['2 dayz', 'write "2 days"'],
  ['1 dayz', 'write "1 day"'],
  ['3 h', 'write "3 hours"'],
])('the hint for the duration %s agrees in number', (duration, hint) => {
  const steps = [{ id: 'w', type: 'wait', for: duration }];
  const text = JSON.stringify({
    ...{ wayleaf: 1, id: 'x', name: 'X', enter: { on: [{ event: 'E' }] } },
    steps,
  });
  expect(checkDocument(text).issues[0]?.hint).toBe(hint);
});

it('the hint for a number has no quotes', () => {
  const text = sample('demo-follow-up').replace('"wayleaf": 1', '"wayleaf": 2');
  expect(checkDocument(text).issues).toMatchObject([{ code: 'wrong-value', hint: 'write 1' }]);
});
