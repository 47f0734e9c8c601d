import type { ChoiceState, Machine, State, TaskState } from '#statemachines/compile/asl';

/** What a compiled machine asks for, in the order in which it asks. A walk answers. */
export interface Answers {
  /**
   * Performs a step; the number of its answer, if it gives one. `holds`: how often it is held before that,
   * half a time where a rule ends the run meanwhile.
   */
  perform(step: string): { answer?: number; holds: number; ended?: true };
  /** Waits at a step: the number of the answer, `timeout`, or `ended` by a rule meanwhile. */
  wait(step: string): number | 'timeout' | 'ended';
  /** The machine is at its end, with this output. */
  end(output: Record<string, string>): void;
}

/** A held step fails, is sorted out, waits and is resumed; then its state is entered again. */
const transitionsOfHold = 4;
/** A run that a rule ends leaves its state through two more. */
const transitionsOfEnd = 2;

/** @returns billed transitions */
export const walk = (machine: Machine, answers: Answers): number => {
  let transitions = 0;
  let answer = 0;
  for (let name: string | undefined = machine.StartAt; name !== undefined; ) {
    const state: State | undefined = machine.States[name];
    transitions++;
    if (state?.Type === 'Choice') name = chosen(state, answer);
    else if (state?.Type === 'Task') {
      const left = leave(state, answers);
      transitions += left.holds * transitionsOfHold;
      if (left.ended) return transitions + transitionsOfEnd;
      [name, answer] = [left.next, left.answer];
    } else {
      if (state?.Type === 'Succeed') answers.end(state.Output ?? {});
      name = undefined;
    }
  }
  return transitions;
};

interface Left {
  next?: string | undefined;
  answer: number;
  holds: number;
  ended?: true;
}

const leave = ({ Arguments: { Payload }, Catch, Next }: TaskState, answers: Answers): Left => {
  const done: ReturnType<Answers['perform']> =
    Payload.do === undefined ? { holds: 0 } : answers.perform(Payload.do);
  const { answer = 0, holds } = done;
  if (done.ended) return { answer, holds, ended: true };
  if (Payload.wait === undefined) return { next: Next, answer, holds };
  const heard = answers.wait(Payload.wait);
  if (heard === 'ended') return { answer, holds, ended: true };
  if (heard !== 'timeout') return { next: Next, answer: heard, holds };
  const timeout = Catch.find(({ ErrorEquals }) => ErrorEquals.includes('States.Timeout'));
  return { next: timeout?.Next, answer: -1, holds };
};

const rule = /^\{% \$states\.input\.Payload\.answer = (-?\d+) %\}$/;
const answersOfRules = new WeakMap<ChoiceState, (number | undefined)[]>();

const chosen = (choice: ChoiceState, answer: number): string | undefined => {
  const known = answersOfRules.get(choice) ?? choice.Choices.map(({ Condition }) => numberIn(Condition));
  answersOfRules.set(choice, known);
  const index = known.indexOf(answer);
  return index < 0 ? choice.Default : choice.Choices[index]!.Next;
};

/** Rules of other kinds are about runs that go on in another execution: none of a forecast does. */
const numberIn = (condition: string): number | undefined => {
  const found = rule.exec(condition)?.[1];
  return found === undefined ? undefined : Number(found);
};
