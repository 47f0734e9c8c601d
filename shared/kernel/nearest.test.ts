import { describe, expect, it } from 'vitest';
import { nearest } from './nearest.ts';

const types = ['email', 'sms', 'wait', 'waitFor', 'decide', 'exit'];

describe('nearest', () => {
  it.each([
    ['emial', 'email'],
    ['wait-for', 'waitFor'],
    ['WAIT', 'wait'],
    ['sm', 'sms'],
  ])('%s is nearly %s', (name, meant) => expect(nearest(name, types)).toBe(meant));
  it.each(['', 'webhook', 'x', 'anything else', 'e'.repeat(10_000)])('"%.12s" is nearly nothing', (name) =>
    expect(nearest(name, types)).toBeUndefined(),
  );
});
