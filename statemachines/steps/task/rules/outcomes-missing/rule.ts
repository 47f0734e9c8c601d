import { type Finding, type Rule, stepRule } from '../../../../checks/rule.ts';
import type { TaskStep } from '../../schema.ts';

export const outcomesMissing: Rule = stepRule<TaskStep>('task', {
  id: 'outcomes-missing',
  severity: 'error',
  title: 'A task that waits names its outcomes',
  explain:
    '`branches`, `otherwise` and `atMost` are about the answer of a colleague. Without `outcomes` none is awaited: the task is handed over and the run goes on at once.',
  why: 'The branches would never be taken, though the picture shows them.',
  example: {
    wrong: `{ "id": "call", "type": "task", "team": "sales", "title": "Call", "atMost": "4 days" }`,
    right: `{ "id": "call", "type": "task", "team": "sales", "title": "Call",
  "outcomes": ["reached", "no answer"], "atMost": "4 days" }`,
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
