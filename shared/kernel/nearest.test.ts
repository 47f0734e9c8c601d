import { describe, expect, it } from 'vitest';
import { isSlip, nearest } from './nearest.ts';

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

describe('isSlip', () => {
  it.each([
    ['fristName', 'firstName'],
    ['frstName', 'firstName'],
    ['first_name', 'firstName'],
    ['Email', 'email'],
    ['emial', 'email'],
    ['adress', 'address'],
  ])('%s is a slip of %s', (name, known) => expect(isSlip(name, known)).toBe(true));
  it.each([
    ['email', 'email'],
    ['state', 'stage'],
    ['age', 'tags'],
    ['phone2', 'phone'],
    ['createdBy', 'createdAt'],
    ['shoeSize', 'companySize'],
  ])('%s is no slip of %s', (name, known) => expect(isSlip(name, known)).toBe(false));
});
