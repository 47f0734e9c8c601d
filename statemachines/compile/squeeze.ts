import type { ChoiceState, Machine, State, TaskState } from './asl.ts';

/**
 * Writes a large machine shorter: what each task repeats, the function's name and the run's, is kept in
 * variables by the first state. A hold keeps its own, as it may come before the first state succeeds.
 */
export const squeeze = (asl: Machine): Machine => ({
  ...asl,
  States: Object.fromEntries(
    Object.entries(asl.States).map(([name, state]) => [name, squeezed(asl, state, name === asl.StartAt)]),
  ),
});

const squeezed = (asl: Machine, state: State, first: boolean): State => {
  if (state.Type === 'Choice') return first ? introducingChoice(state, variablesOf(asl)) : state;
  if (state.Type !== 'Task' || state.Arguments.Payload.hold !== undefined) return state;
  return first ? introducing(state, variablesOf(asl)) : relying(state);
};

const variablesOf = ({ States }: Machine): Record<string, string> => {
  const task = Object.values(States).find((state) => state.Type === 'Task');
  return { f: task?.Arguments.FunctionName ?? '', n: task?.Arguments.Payload.run ?? '' };
};

const introducing = (state: TaskState, variables: Record<string, string>): TaskState => ({
  ...state,
  Assign: { ...state.Assign, ...variables },
  Catch: state.Catch.map((catcher) => ({ ...catcher, Assign: variables })),
});

const introducingChoice = (state: ChoiceState, variables: Record<string, string>): ChoiceState => ({
  ...state,
  Choices: state.Choices.map((rule) => ({ ...rule, Assign: { ...rule.Assign, ...variables } })),
  Assign: { ...state.Assign, ...variables },
});

const relying = (state: TaskState): TaskState => ({
  ...state,
  // The spread of retries is what a machine of two thousand steps has no room for.
  Retry: state.Retry.map(({ JitterStrategy: _, ...retrier }) => retrier),
  Arguments: { FunctionName: '{% $f %}', Payload: { ...state.Arguments.Payload, run: '{% $n %}' } },
});
