import type { Machine, State, TaskState } from './asl.ts';

/**
 * Writes a large machine shorter: what each task repeats, the function's name and the run's, is kept in
 * variables by the first state. A hold keeps its own, as it may come before the first state succeeds.
 */
export const squeeze = (asl: Machine): Machine => ({
  ...asl,
  States: Object.fromEntries(
    Object.entries(asl.States).map(([name, state]) => [name, squeezed(state, name === asl.StartAt)]),
  ),
});

const squeezed = (state: State, first: boolean): State => {
  if (state.Type !== 'Task' || state.Arguments.Payload.hold !== undefined) return state;
  return first ? introducing(state) : relying(state);
};

const introducing = (state: TaskState): TaskState => {
  const { FunctionName, Payload } = state.Arguments;
  const variables = { f: FunctionName, n: Payload.run ?? '' };
  return {
    ...state,
    Assign: { ...state.Assign, ...variables },
    Catch: state.Catch.map((catcher) => ({ ...catcher, Assign: variables })),
  };
};

const relying = (state: TaskState): TaskState => ({
  ...state,
  Arguments: { FunctionName: '{% $f %}', Payload: { ...state.Arguments.Payload, run: '{% $n %}' } },
});
