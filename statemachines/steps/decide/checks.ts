import { describe } from '../../../shared/conditions/describe.ts';
import { covers, overlaps } from '../../../shared/conditions/reason.ts';
import { shortened } from '../../../shared/kernel/words.ts';
import { type Finding, type Rule, stepRule } from '../../checks/rule.ts';
import type { DecideStep } from './schema.ts';

const deadBranch = stepRule<DecideStep>('decide', {
  id: 'dead-branch',
  severity: 'error',
  title: 'Each branch of a decision can be taken',
  explain:
    'The first branch that is true is taken. A branch whose contacts all fit an earlier one is never taken.',
  example: {
    wrong: '[{ "if": { "contact": "age", "atLeast": 18 } }, { "if": { "contact": "age", "atLeast": 65 } }]',
    right: '[{ "if": { "contact": "age", "atLeast": 65 } }, { "if": { "contact": "age", "atLeast": 18 } }]',
  },
  check: (step) => pairs(step, covers).map(({ earlier, later }) => dead(step, earlier, later)),
});

const overlappingBranches = stepRule<DecideStep>('decide', {
  id: 'overlapping-branches',
  severity: 'error',
  title: 'The branches of a decision do not overlap',
  explain:
    'Contacts who fit two branches take the first. That may be meant; ranges that meet are easier to read.',
  example: {
    wrong: '[{ "if": { "contact": "age", "atMost": 30 } }, { "if": { "contact": "age", "atLeast": 25 } }]',
    right: '[{ "if": { "contact": "age", "atMost": 30 } }, { "if": { "contact": "age", "above": 30 } }]',
  },
  check: (step) => pairs(step, overlaps).map(({ earlier, later }) => overlapping(step, earlier, later)),
});

type Compare = (
  earlier: DecideStep['branches'][number]['if'],
  later: DecideStep['branches'][number]['if'],
) => boolean;

/** Each branch with the first earlier one of which it holds. */
const pairs = ({ branches }: DecideStep, holds: Compare): { earlier: number; later: number }[] =>
  branches.flatMap((branch, later) => {
    const earlier = branches.slice(0, later).findIndex((other) => holds(other.if, branch.if));
    return earlier < 0 ? [] : [{ earlier, later }];
  });

const dead = ({ branches }: DecideStep, earlier: number, later: number): Finding => ({
  path: ['branches', later, 'if'],
  message: `branch "${branches[later]!.answer}" is never taken: whoever fits it already fits "${branches[earlier]!.answer}" (${shortened(describe(branches[earlier]!.if), 120)})`,
  hint: 'put the narrower branch first, or change one of the conditions',
});

const overlapping = ({ branches }: DecideStep, earlier: number, later: number): Finding => ({
  path: ['branches', later, 'if'],
  message: `some contacts fit both "${branches[earlier]!.answer}" and "${branches[later]!.answer}"; they take the first`,
  hint: 'let the ranges meet without overlapping',
});

export const checks: readonly Rule[] = [deadBranch, overlappingBranches];
