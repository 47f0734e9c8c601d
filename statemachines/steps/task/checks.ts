import { nearest } from '../../../shared/kernel/nearest.ts';
import { oneOf } from '../../../shared/kernel/words.ts';
import { type Finding, type Rule, stepRule } from '../../checks/rule.ts';
import type { TaskStep } from './schema.ts';

const outcomesMissing = stepRule<TaskStep>('task', {
  id: 'outcomes-missing',
  severity: 'error',
  title: 'A task that waits names its outcomes',
  explain: 'Branches, `otherwise` and `atMost` are about the answer; without `outcomes` none is awaited.',
  example: {
    wrong: '{ "type": "task", "branches": [{ "answer": "reached", "steps": [] }] }',
    right:
      '{ "type": "task", "outcomes": ["reached"], "branches": [{ "answer": "reached", "steps": [] }], "atMost": "4 days" }',
  },
  check: (step) =>
    step.outcomes
      ? []
      : (['branches', 'otherwise', 'atMost'] as const)
          .filter((member) => step[member] !== undefined)
          .map((member) => noOutcomes(step, member)),
});

const noOutcomes = ({ id, branches = [] }: TaskStep, member: string): Finding => ({
  path: [member],
  at: 'key',
  message: `task "${id}" has "${member}" but no "outcomes", so it awaits no answer`,
  hint: `add "outcomes": [${branches.map(({ answer }) => `"${answer}"`).join(', ') || '…'}], or remove "${member}"`,
});

const atMostMissing = stepRule<TaskStep>('task', {
  id: 'at-most-missing',
  severity: 'error',
  title: 'A task with outcomes says how long it waits',
  explain: 'A colleague may never answer; then the run would stay here until the machine is a year old.',
  example: {
    wrong: '{ "type": "task", "outcomes": ["reached"] }',
    right: '{ "type": "task", "outcomes": ["reached"], "atMost": "4 days" }',
  },
  check: ({ id, outcomes, atMost }) =>
    outcomes && atMost === undefined
      ? [
          {
            path: [],
            message: `task "${id}" waits for an outcome without an end`,
            hint: 'add "atMost": "4 days"',
          },
        ]
      : [],
});

const unknownOutcome = stepRule<TaskStep>('task', {
  id: 'unknown-outcome',
  severity: 'error',
  title: 'Each branch of a task is one of its outcomes',
  explain: 'A branch whose answer is no outcome could never be taken.',
  example: {
    wrong: '"outcomes": ["reached"], "branches": [{ "answer": "Reached", "steps": [] }]',
    right: '"outcomes": ["reached"], "branches": [{ "answer": "reached", "steps": [] }]',
  },
  check: ({ id, outcomes, branches = [] }) =>
    branches.flatMap(({ answer }, i) =>
      !outcomes || outcomes.includes(answer) ? [] : [notAnOutcome(id, answer, i, outcomes)],
    ),
});

const notAnOutcome = (id: string, answer: string, index: number, outcomes: readonly string[]): Finding => {
  const meant = nearest(answer, outcomes);
  return {
    path: ['branches', index, 'answer'],
    message: `"${answer}" is no outcome of task "${id}"; its outcomes are ${oneOf(outcomes, 'and')}`,
    hint: meant === undefined ? `add "${answer}" to "outcomes"` : `did you mean "${meant}"?`,
  };
};

export const checks: readonly Rule[] = [outcomesMissing, atMostMissing, unknownOutcome];
