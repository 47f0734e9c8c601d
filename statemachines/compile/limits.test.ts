import { describe, expect, it } from 'vitest';
import { email, journeyOf, pause } from '#test/builders/journeys';
import type { Machine } from './asl.ts';
import { compile } from './compile.ts';
import { checkLimits } from './limits.ts';

const machine = (): Machine => structuredClone(compile(journeyOf([pause('rest'), email('bye')])).asl);
const codes = (asl: Machine, text = JSON.stringify(asl)) => checkLimits(asl, text).map(({ code }) => code);

describe('the limits of Step Functions', () => {
  it('are kept by a compiled machine', () => {
    expect(codes(machine())).toEqual([]);
  });

  it('refuse a definition of more than 1 MB, in bytes', () => {
    expect(codes(machine(), 'x'.repeat(1_048_576))).toEqual([]);
    expect(codes(machine(), 'x'.repeat(1_048_577))).toEqual(['machine-too-large']);
    expect(codes(machine(), 'é'.repeat(524_289))).toEqual(['machine-too-large']);
  });

  it('refuse a name of more than 80 characters', () => {
    const asl = machine();
    asl.StartAt = 'n'.repeat(81);
    asl.States[asl.StartAt] = asl.States.rest!;

    expect(codes(asl)).toContain('state-name-too-long');
  });

  it.each([31_536_001, 0])('refuse a wait of %i seconds', (TimeoutSeconds) => {
    const asl = machine();
    Object.assign(asl.States.rest!, { TimeoutSeconds });

    expect(codes(asl)).toEqual(['wait-too-long']);
  });

  it.each(['nowhere', 'constructor'])('refuse a way to a state that does not exist: %s', (Next) => {
    const asl = machine();
    Object.assign(asl.States.rest!, { Next });

    expect(codes(asl)).toEqual(['unknown-state']);
  });

  it('refuse a state that nothing leads to', () => {
    const asl = machine();
    asl.States.alone = { Type: 'Succeed' };

    expect(codes(asl)).toEqual(['unreachable-state']);
  });
});
