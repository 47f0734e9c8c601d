import { overlaps } from '#conditions/reason';
import { type Finding, type Rule, stepRule } from '../../../../checks/rule.ts';
import { deadBranches, pairs } from '../../pairs.ts';
import type { DecideStep } from '../../schema.ts';

export const overlappingBranches: Rule = stepRule<DecideStep>('decide', {
  id: 'overlapping-branches',
  severity: 'error',
  title: 'The branches of a decision do not overlap',
  explain:
    'Two branches ask for values of the same field, and some contacts fit both. They take the first of the two.',
  why: 'A reader of the picture cannot see where such a contact goes, and the report counts it in one branch only. Ranges that meet without overlapping leave no doubt.',
  example: {
    wrong: `{ "id": "age", "type": "decide", "question": "How old?", "branches": [
  { "answer": "Young", "if": { "contact": "age", "atMost": 30 }, "steps": [] },
  { "answer": "Old", "if": { "contact": "age", "atLeast": 25 }, "steps": [] }
], "otherwise": { "steps": [] } }`,
    right: `{ "id": "age", "type": "decide", "question": "How old?", "branches": [
  { "answer": "Young", "if": { "contact": "age", "atMost": 30 }, "steps": [] },
  { "answer": "Old", "if": { "contact": "age", "above": 30 }, "steps": [] }
], "otherwise": { "steps": [] } }`,
  },
  check: (step) => {
    const overlap = pairs(step, overlaps);
    const dead = new Set(overlap.length > 0 ? deadBranches(step).map(({ later }) => later) : []);
    return overlap
      .filter(({ later }) => !dead.has(later))
      .map(({ earlier, later }) => overlapping(step, earlier, later));
  },
});

const overlapping = ({ branches }: DecideStep, earlier: number, later: number): Finding => ({
  path: ['branches', later, 'if'],
  message: `some contacts fit both "${branches[earlier]!.answer}" and "${branches[later]!.answer}"; they take the first`,
  hint: 'let the ranges meet without overlapping',
});
