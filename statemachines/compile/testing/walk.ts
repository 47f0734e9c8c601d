import type { ChoiceState, Machine, TaskState } from '../asl.ts';

/** Index of the answer of each step on the way, or that its time ran out. Steps left out: success with answer 0. */
export type WayAnswers = Readonly<Record<string, number | 'timeout'>>;

/**
 * The states that a run without failures comes through. Each is one transition on the bill, so their
 * number is the price of the way.
 */
export const walkMachine = (asl: Machine, answers: WayAnswers): string[] => {
  const way: string[] = [];
  let answer = 0;
  for (let name: string | undefined = asl.StartAt; name !== undefined; ) {
    way.push(name);
    const state = asl.States[name];
    if (way.length > Object.keys(asl.States).length) throw new Error(`the way comes back to "${name}"`);
    if (state?.Type === 'Choice') name = chosen(state, answer);
    else if (state?.Type === 'Task') [name, answer] = afterTask(state, answers);
    else name = undefined;
  }
  return way;
};

const afterTask = (task: TaskState, answers: WayAnswers): [string | undefined, number] => {
  const { wait, do: act } = task.Arguments.Payload;
  const answer = answers[wait ?? act ?? ''] ?? (isPlainWait(task) ? 'timeout' : 0);
  if (answer !== 'timeout') return [task.Next, answer];
  return [task.Catch.find(({ ErrorEquals }) => ErrorEquals.includes('States.Timeout'))?.Next, -1];
};

/** A wait whose end is the same either way ends by its time. */
const isPlainWait = (task: TaskState): boolean =>
  task.TimeoutSeconds !== undefined && task.Catch.some(({ Next }) => Next === task.Next);

const chosen = (choice: ChoiceState, answer: number): string | undefined =>
  choice.Choices.find(({ Condition }) => Condition === `{% $states.input.Payload.answer = ${answer} %}`)
    ?.Next ?? choice.Default;
