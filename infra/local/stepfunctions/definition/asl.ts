/** The Amazon States Language, as far as JSONata machines may use it here. */

export interface Machine {
  Comment?: string;
  QueryLanguage?: string;
  StartAt: string;
  States: Readonly<Record<string, State>>;
  TimeoutSeconds?: number;
  Version?: string;
}

export type State = TaskState | ChoiceState | WaitState | PassState | SucceedState | FailState;

interface Common {
  Comment?: string;
  QueryLanguage?: string;
}

interface Outgoing {
  Assign?: Assignments;
  Output?: unknown;
}

interface Going extends Outgoing {
  Next?: string;
  End?: boolean;
}

/** Values or templates by the name of the variable. */
export type Assignments = Readonly<Record<string, unknown>>;

/** Seconds, or an expression that gives them. */
export type Seconds = number | string;

export interface TaskState extends Common, Going {
  Type: 'Task';
  Resource: string;
  Arguments?: unknown;
  TimeoutSeconds?: Seconds;
  HeartbeatSeconds?: Seconds;
  Retry?: readonly Retrier[];
  Catch?: readonly Catcher[];
}

export interface Retrier {
  ErrorEquals: readonly string[];
  IntervalSeconds?: number;
  BackoffRate?: number;
  MaxAttempts?: number;
  MaxDelaySeconds?: number;
  JitterStrategy?: 'FULL' | 'NONE';
}

export interface Catcher extends Outgoing {
  ErrorEquals: readonly string[];
  Next: string;
}

export interface ChoiceState extends Common, Outgoing {
  Type: 'Choice';
  Choices: readonly Rule[];
  Default?: string;
}

interface Rule extends Outgoing {
  Condition: string | boolean;
  Next: string;
}

export interface WaitState extends Common, Going {
  Type: 'Wait';
  Seconds?: Seconds;
  Timestamp?: string;
}

export interface PassState extends Common, Going {
  Type: 'Pass';
}

export interface SucceedState extends Common {
  Type: 'Succeed';
  Output?: unknown;
}

export interface FailState extends Common {
  Type: 'Fail';
  Error?: string;
  Cause?: string;
}
