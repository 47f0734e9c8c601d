import { type Finding, type Rule, stepRule } from '../../../../checks/rule.ts';
import type { SequenceEntry, StepEntry } from '../../../../checks/view.ts';
import type { SplitStep } from '../../schema.ts';

export const winnerWithoutEvidence: Rule = stepRule<SplitStep>('split', {
  id: 'winner-without-evidence',
  severity: 'error',
  title: 'A test can be decided by what it is decided by',
  explain:
    'A winner by `goal` needs a `goal` of the journey; one by `clicked` or `opened` a message in each arm that is not held out. At least two arms are not held out.',
  why: 'Otherwise no arm can ever be better than another, and the test goes on for ever.',
  example: {
    wrong: `{ "id": "test", "type": "split", "winner": { "by": "clicked", "after": 200 }, "arms": [
  { "name": "mail", "weight": 50, "steps": [{ "id": "mail", "type": "email", "template": "welcome" }] },
  { "name": "nothing", "weight": 50, "steps": [] }
] }`,
    right: `{ "id": "test", "type": "split", "winner": { "by": "clicked", "after": 200 }, "arms": [
  { "name": "short", "weight": 50, "steps": [{ "id": "short-mail", "type": "email", "template": "welcome" }] },
  { "name": "long", "weight": 50, "steps": [{ "id": "long-mail", "type": "email", "template": "welcome" }] }
] }`,
  },
  check: ({ id, arms, winner }, entry, { raw }) => {
    if (!winner) return [];
    const tested = arms.flatMap((arm, i) => (arm.holdout ? [] : [i]));
    if (tested.length < 2) return [onlyOne(id)];
    if (winner.by === 'goal') return raw.goal === undefined ? [noGoal(id)] : [];
    return tested
      .filter((i) => !entry.branches[i]?.steps.some(hasMessage))
      .map((i) => noMessage(id, arms[i]!.name, winner.by, i));
  },
});

const hasMessage = ({ parts, branches }: StepEntry): boolean =>
  parts.sends === true || branches.some(({ steps }: SequenceEntry) => steps.some(hasMessage));

const onlyOne = (id: string): Finding => ({
  path: ['winner'],
  at: 'key',
  message: `step "${id}" looks for a winner, but fewer than two of its arms are not held out`,
  hint: 'remove "winner", or add an arm',
});

const noGoal = (id: string): Finding => ({
  path: ['winner', 'by'],
  message: `step "${id}" is decided by the goal, but the journey has none`,
  hint: 'add a "goal" to the journey, or decide by "clicked" or "opened"',
});

const noMessage = (id: string, arm: string, by: string, index: number): Finding => ({
  path: ['arms', index],
  message: `step "${id}" is decided by what was ${by}, but its arm "${arm}" has no message`,
  hint: 'put a message into the arm, hold it out, or decide by "goal"',
});
