import { describe, expect, test } from 'vitest';
import type { FormField } from '#model/form';
import { readField } from './read-field.ts';

const field = (type: FormField['type']): FormField =>
  type === 'choice' ? { type, options: ['small', 'large'] } : { type };
const read = (type: FormField['type'], value: unknown) => {
  const reading = readField(field(type), value, 'DE');
  return 'value' in reading ? reading.value : reading.code;
};

describe('a field of type', () => {
  test.each<[FormField['type'], unknown, unknown]>([
    ['text', '  Ada  ', 'Ada'],
    ['text', "Robert'); DROP TABLE", "Robert'); DROP TABLE"],
    ['text', '<script>alert(1)</script>', '<script>alert(1)</script>'],
    ['text', '{{ contact.email }}', '{{ contact.email }}'],
    ['hidden', 'spring', 'spring'],
    ['email', ' Ada@Example.com ', 'ada@example.com'],
    ['phone', '0151 12345678', '+4915112345678'],
    ['phone', '+1 (202) 555-0123', '+12025550123'],
    ['number', '42', 42],
    ['number', '-3.5', -3.5],
    ['number', 42, 42],
    ['boolean', 'on', true],
    ['boolean', 'No', false],
    ['boolean', false, false],
    ['date', '2026-03-01', '2026-03-01'],
    ['date', '2026-03-01T10:00:00Z', '2026-03-01T10:00:00Z'],
    ['choice', 'large', 'large'],
  ])('%s reads %j as %j', (type, value, expected) => {
    expect(read(type, value)).toEqual(expected);
  });

  test.each<[FormField['type'], unknown, string]>([
    ['text', 'Ada\r\nBcc: all@example.com', 'control-character'],
    ['text', 'Ada\u2028x', 'control-character'],
    ['text', 'Ada\0', 'control-character'],
    ['text', 'x'.repeat(2001), 'too-long'],
    ['text', 42, 'wrong-type'],
    ['text', { $ne: '' }, 'wrong-type'],
    ['text', ['a'], 'wrong-type'],
    ['hidden', 'a\nb', 'control-character'],
    ['email', 'ada@', 'invalid-email'],
    ['email', 'ada@example.com\nBcc: x@y.example', 'control-character'],
    ['email', 'a@b.example, c@d.example', 'invalid-email'],
    ['phone', '12', 'invalid-phone'],
    ['phone', 4915112345678, 'wrong-type'],
    ['number', '50+', 'invalid-number'],
    ['number', '1e309', 'invalid-number'],
    ['number', '0x10', 'invalid-number'],
    ['number', '9'.repeat(20), 'invalid-number'],
    ['number', 1e300, 'invalid-number'],
    ['number', true, 'wrong-type'],
    ['boolean', 'perhaps', 'invalid-boolean'],
    ['boolean', 1, 'wrong-type'],
    ['date', 'yesterday', 'invalid-date'],
    ['date', '2026-02-30', 'invalid-date'],
    ['date', '01.03.2026', 'invalid-date'],
    ['date', '2026-03-01T25:00', 'invalid-date'],
    ['choice', 'medium', 'invalid-choice'],
    ['choice', 'toString', 'invalid-choice'],
  ])('%s refuses %j as %s', (type, value, code) => {
    expect(read(type, value)).toBe(code);
  });
});
