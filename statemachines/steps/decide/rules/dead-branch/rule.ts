import { describe } from '#conditions/describe';
import { shortened } from '#kernel/words';
import { type Finding, type Rule, stepRule } from '../../../../checks/rule.ts';
import { deadBranches } from '../../pairs.ts';
import type { DecideStep } from '../../schema.ts';

export const deadBranch: Rule = stepRule<DecideStep>('decide', {
  id: 'dead-branch',
  severity: 'error',
  title: 'Each branch of a decision can be taken',
  explain:
    'The branches are tried in the order in which they are written, and the first that is true is taken. A branch whose contacts all fit an earlier one is never taken.',
  why: 'Mostly the branches stand in the wrong order, or a limit was mistyped; whoever waits for that branch in the report waits in vain.',
  example: {
    wrong: `{ "id": "age", "type": "decide", "question": "How old?", "branches": [
  { "answer": "Adult", "if": { "contact": "age", "atLeast": 18 }, "steps": [] },
  { "answer": "Senior", "if": { "contact": "age", "atLeast": 65 }, "steps": [] }
], "otherwise": { "steps": [] } }`,
    right: `{ "id": "age", "type": "decide", "question": "How old?", "branches": [
  { "answer": "Senior", "if": { "contact": "age", "atLeast": 65 }, "steps": [] },
  { "answer": "Adult", "if": { "contact": "age", "atLeast": 18 }, "steps": [] }
], "otherwise": { "steps": [] } }`,
  },
  check: (step) =>
    deadBranches(step).map(({ earlier, later }) =>
      earlier === undefined ? left(step, later) : dead(step, earlier, later),
    ),
});

const left = ({ branches }: DecideStep, later: number): Finding => ({
  path: ['branches', later, 'if'],
  message: `branch "${branches[later]!.answer}" is never taken: whoever fits it already fits one of the branches before it`,
  hint: 'put it before them, or remove it',
});

const dead = ({ branches }: DecideStep, earlier: number, later: number): Finding => ({
  path: ['branches', later, 'if'],
  message: `branch "${branches[later]!.answer}" is never taken: whoever fits it already fits "${branches[earlier]!.answer}" (${shortened(describe(branches[earlier]!.if), 120)})`,
  hint: 'put the narrower branch first, or change one of the conditions',
});
