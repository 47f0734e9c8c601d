/** The part of Amazon States Language (JSONata) that the compiler writes. */
export interface Machine {
  Comment: string;
  QueryLanguage: 'JSONata';
  StartAt: string;
  States: Record<string, State>;
}

export type State = TaskState | ChoiceState | SucceedState | FailState;

export interface TaskState {
  Type: 'Task';
  Resource: string;
  Arguments: { FunctionName: string; Payload: Record<string, string> };
  TimeoutSeconds?: number | string;
  Retry: readonly Retrier[];
  Catch: readonly Catcher[];
  Assign?: Assignments;
  Output?: Record<string, string>;
  Next?: string;
  End?: true;
}

export interface Retrier {
  ErrorEquals: readonly string[];
  MaxAttempts: number;
  MaxDelaySeconds?: number;
  JitterStrategy?: 'FULL';
}

export interface Catcher {
  ErrorEquals: readonly string[];
  Next: string;
  Assign?: Assignments;
}

export interface ChoiceState {
  Type: 'Choice';
  Choices: readonly ChoiceRule[];
  Default?: string;
  /** Where no rule fits. */
  Assign?: Assignments;
}

export type Assignments = Record<string, string | number | Record<string, string>>;

export interface ChoiceRule {
  Condition: string;
  Next: string;
  Assign?: Assignments;
}

export interface SucceedState {
  Type: 'Succeed';
  Output?: Record<string, string>;
}

export interface FailState {
  Type: 'Fail';
  Error: string;
  Cause: string;
}

/** Names of the states that a state leads to, the error paths last. */
export const targetsOf = (state: State): string[] => {
  if (state.Type === 'Choice')
    return [
      ...state.Choices.map((rule) => rule.Next),
      ...(state.Default === undefined ? [] : [state.Default]),
    ];
  if (state.Type !== 'Task') return [];
  return [...(state.Next === undefined ? [] : [state.Next]), ...state.Catch.map((catcher) => catcher.Next)];
};
