import type { ChoiceState, FailState, PassState, SucceedState, WaitState } from '../definition/asl.ts';
import { resolveTyped } from '../expressions/template.ts';
import { runtimeError, StateError } from './errors.ts';
import { failExecution } from './fail.ts';
import { leave } from './leave.ts';
import { type Machinery, scopeOf } from './machinery.ts';
import { append, type Run, stateOf } from './run.ts';
import { secondsOf, timestampOf } from './seconds.ts';
import { attempt } from './task.ts';

const choose = async (m: Machinery, run: Run, state: ChoiceState): Promise<void> => {
  const scope = scopeOf(run);
  const output = run.input;
  for (const [i, rule] of state.Choices.entries()) {
    const place = `Choices[${i}]/`;
    const holds = await resolveTyped<boolean>(
      m.evaluate,
      rule.Condition,
      scope,
      `${place}Condition`,
      'boolean',
    );
    if (holds) return leave(m, run, { fields: rule, place, scope, output, next: rule.Next });
  }
  if (state.Default === undefined)
    throw runtimeError('Failed to transition out of the state. The state does not point to a next state.');
  // The state's own Output and Assign belong to the way no rule chose.
  await leave(m, run, { fields: state, place: '', scope, output, next: state.Default });
};

const pass = (m: Machinery, run: Run, state: PassState | WaitState): Promise<void> =>
  leave(m, run, { fields: state, place: '', scope: scopeOf(run), output: run.input, next: state.Next });

const wait = async (m: Machinery, run: Run, state: WaitState): Promise<void> => {
  const scope = scopeOf(run);
  const until =
    state.Timestamp === undefined
      ? m.now() + 1000 * (await secondsOf(m, state.Seconds ?? 0, scope, 'Seconds', 0))
      : await timestampOf(m, state.Timestamp, scope, 'Timestamp');
  if (until <= m.now()) return pass(m, run, state);
  run.position.phase = 'wait';
  run.position.due = Math.min(until, run.execution.deadline);
};

/** The time of a Wait state has come. */
export const endWait = (m: Machinery, run: Run): Promise<void> => pass(m, run, stateOf(run) as WaitState);

const succeed = (m: Machinery, run: Run, state: SucceedState): Promise<void> =>
  leave(m, run, { fields: state, place: '', scope: scopeOf(run), output: run.input, next: undefined });

const failState = async (m: Machinery, run: Run, state: FailState): Promise<void> => {
  const scope = scopeOf(run);
  const text = async (field: 'Error' | 'Cause') =>
    state[field] === undefined
      ? undefined
      : resolveTyped<string>(m.evaluate, state[field], scope, field, 'string');
  failExecution(m, run, new StateError(await text('Error'), await text('Cause')));
};

/** Enters the state of the position and goes as far as it can without a call or the passing of time. */
export const enter = async (m: Machinery, run: Run): Promise<void> => {
  const state = stateOf(run);
  const { position } = run;
  append(run, m.now(), `${state.Type as 'Task'}StateEntered`, {
    name: position.state,
    input: position.input,
  });
  position.entered = m.now();
  position.enteredEvent = position.events;
  position.transitions++;
  switch (state.Type) {
    case 'Task':
      return attempt(m, run);
    case 'Choice':
      return choose(m, run, state);
    case 'Wait':
      return wait(m, run, state);
    case 'Pass':
      return pass(m, run, state);
    case 'Succeed':
      return succeed(m, run, state);
    case 'Fail':
      return failState(m, run, state);
  }
};
