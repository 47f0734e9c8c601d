import { describe, expect, test } from 'vitest';
import { Refusal } from '#kernel/errors';
import { type FormSource, formSchema } from '#model/form';
import { isRobot } from './robots.ts';
import { readSubmission } from './submission.ts';

const form = (more: Partial<FormSource> = {}) =>
  formSchema.parse({
    name: 'Demo request',
    fields: { email: { type: 'email', required: true, label: 'Your e-mail' }, size: { type: 'number' } },
    consent: { field: 'agree', value: 'yes', channel: 'email', text: 'You may write to me.' },
    honeypot: 'website',
    ...more,
  });
const values = (given: Record<string, unknown>) =>
  new Map(Object.entries(given).map(([name, value]) => [name, Array.isArray(value) ? value : [value]]));
const read = (given: Record<string, unknown>, of = form()) =>
  readSubmission(of, 'demo', values(given), { origin: 'https://www.acme.example' });

describe('fields', () => {
  test('the form decides what is read; other names are ignored and told', () => {
    const { fields, ignored, issues } = read({
      email: 'ada@example.com',
      size: '50',
      utm: 'x',
      website: '',
      agree: 'yes',
    });
    expect(fields).toEqual({ email: 'ada@example.com', size: 50 });
    expect([ignored, issues]).toEqual([['utm'], []]);
  });

  test('all wrong fields are told at once, by their labels', () => {
    const { issues } = read({ email: 'ada@', size: 'many' });
    expect(issues.map(({ path, code }) => `${path} ${code}`)).toEqual([
      '/email invalid-email',
      '/size invalid-number',
    ]);
    expect(issues[0]?.message).toContain('"Your e-mail"');
  });

  test.each([{}, { email: '' }, { email: '   ' }, { email: null }])('%j lacks what is required', (given) => {
    expect(read(given).issues.map(({ code }) => code)).toEqual(['missing-field']);
  });

  test('a field sent twice is refused: nobody knows which one was meant', () => {
    expect(read({ email: ['a@b.example', 'c@d.example'] }).issues.map(({ code }) => code)).toEqual([
      'repeated-field',
    ]);
  });

  test('what leads to nobody is refused', () => {
    const anonymous = form({ fields: { size: { type: 'number' } } });
    expect(read({ size: '5' }, anonymous).issues.map(({ code }) => code)).toEqual(['no-identity']);
  });
});

describe('consent', () => {
  test('the declared value gives it, with the words and where they were read', () => {
    expect(read({ email: 'ada@example.com', agree: 'yes' }).consent).toEqual([
      {
        channel: 'email',
        given: true,
        text: 'You may write to me.',
        source: 'form:demo',
        origin: 'https://www.acme.example',
      },
    ]);
  });

  test.each([
    ['no'],
    ['Yes'],
    ['YES'],
    ['on'],
    ['true'],
    [true],
    [1],
    [' yes'],
    [''],
    [['yes', 'no']],
    [['yes', 'yes']],
    [null],
  ])('%j is no consent', (agree) => {
    expect(read({ email: 'ada@example.com', agree }).consent).toEqual([]);
  });

  test('with double opt-in the box alone is no consent', () => {
    expect(
      read({ email: 'ada@example.com', agree: 'yes' }, form({ doubleOptIn: true })).consent,
    ).toMatchObject([{ given: true, pending: true }]);
  });

  test('a form that asks for none gives none', () => {
    expect(read({ email: 'ada@example.com', agree: 'yes' }, form({ consent: undefined })).consent).toEqual(
      [],
    );
  });
});

describe('robots', () => {
  const now = Date.parse('2026-03-01T08:00:00Z');
  test.each(['x', 0, ['', 'x'], true])('fill the honeypot with %j', (website) => {
    expect(isRobot(form(), values({ website }), now)).toBe(true);
  });
  test.each(['', '  ', null])('people leave it %j', (website) => {
    expect(isRobot(form(), values({ website }), now)).toBe(false);
  });

  const timed = form({ minimumSeconds: 3 });
  test.each([
    [now - 1000, true],
    [new Date(now - 1000).toISOString(), true],
    [String(now - 4000), false],
    [now + 60_000, false],
  ])('shown at %j: robot %j', (shownAt, robot) => {
    expect(isRobot(timed, values({ _shownAt: shownAt }), now)).toBe(robot);
  });
  test('a form that asks for time says so when it gets none', () => {
    expect(() => isRobot(timed, values({}), now)).toThrow(Refusal);
  });
});
