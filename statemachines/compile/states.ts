import type { ChoiceState, State, TaskState } from './asl.ts';

/**
 * How each state is written. Every `{% … %}` of a machine stands in this file or in
 * `shared-states.ts`, and none of them holds an author's text.
 */
const invoke = 'arn:aws:states:::lambda:invoke';
const runName = '{% $states.context.Execution.Name %}';
const token = '{% $states.context.Task.Token %}';

// `Held` and `Ended` are answers, not failures: never retried. What else Lambda may throw is, over
// about a day, so that a run outlives an outage; each retry is billed as a transition.
const retry = [
  { ErrorEquals: ['Held', 'Ended'], MaxAttempts: 0 },
  { ErrorEquals: ['States.TaskFailed'], MaxAttempts: 110, MaxDelaySeconds: 1800, JitterStrategy: 'FULL' },
] as const;

/** What a task asks of run-step: ids of steps, never their text. */
export interface Ask {
  do?: string;
  due?: string;
  wait?: string;
  hold?: string;
  visit?: string;
}

/** Where a task leads. */
export interface TaskRoute {
  /** State after success; absent: the journey is completed there. */
  next?: string;
  /** State after the timeout of a wait. */
  timeout?: string;
  /** State that sorts out errors. */
  aside: string;
}

export const taskState = (
  runStep: string,
  ask: Ask,
  route: TaskRoute,
  learns: readonly ('seconds' | 'visit')[] = ask.due === undefined ? [] : ['seconds'],
): TaskState => ({
  Type: 'Task',
  Resource: invoke,
  Arguments: { FunctionName: runStep, Payload: { run: runName, ...ask } },
  Retry: retry,
  Catch: [{ ErrorEquals: ['States.ALL'], Next: route.aside }],
  ...(learns.length > 0 && {
    Assign: Object.fromEntries(learns.map((name) => [name, `{% $states.result.Payload.${name} %}`])),
  }),
  ...(route.next === undefined ? { Output: { how: 'completed' }, End: true } : { Next: route.next }),
});

/** A task that goes on when its token is settled, or its time is over. */
export const waitState = (
  runStep: string,
  ask: Ask,
  seconds: number | string,
  route: TaskRoute & { timeout: string },
): TaskState => ({
  Type: 'Task',
  Resource: `${invoke}.waitForTaskToken`,
  Arguments: { FunctionName: runStep, Payload: { run: runName, ...ask, token } },
  TimeoutSeconds: seconds,
  Retry: retry,
  Catch: [
    { ErrorEquals: ['States.Timeout'], Next: route.timeout },
    { ErrorEquals: ['States.ALL'], Next: route.aside },
  ],
  Next: route.next ?? route.timeout,
});

/** `TimeoutSeconds` of a wait whose length the state before it reckoned. */
export const reckonedSeconds = '{% $seconds %}';

/** Which round of its loops a run is in; the first state sets it, each jump counts on. */
export const currentVisit = '{% $visit %}';

/** What every answer of run-step to a jump holds. */
export const jumpLearns = ['visit'] as const;

/** Routes by the number of the answer. */
export const answerState = (
  rules: readonly { index: number; next: string }[],
  otherwise: string,
): ChoiceState => ({
  Type: 'Choice',
  Choices: rules.map(({ index, next }) => ({
    Condition: `{% $states.input.Payload.answer = ${index} %}`,
    Next: next,
  })),
  Default: otherwise,
});

export const completedState: State = { Type: 'Succeed', Output: { how: 'completed' } };

export const exitState = (step: string, as: string | undefined): State => ({
  Type: 'Succeed',
  Output: { how: 'exited', ...(as && { as }), step },
});
