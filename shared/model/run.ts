import type { Touch } from './touch.ts';

/** One contact's way through one version of a journey. */
export interface Run {
  /** Also the name of the execution; carries no personal data. */
  id: string;
  contact: string;
  /** The contact that `contact` was merged into since: it has the entry, and its profile is asked. */
  holder?: string;
  journey: string;
  version: number;
  /** Value of `enter.key`, where the journey has one. */
  key?: string;
  /** `entering`: the run is committed, its execution perhaps not yet started (a sweep mends that). */
  status: 'entering' | 'active' | 'ended';
  /** ISO: when the event that started it was stored, so that what happened between counts too. */
  startedAt: string;
  endedAt?: string;
  ended?: {
    how: 'completed' | 'exited' | 'goal' | 'erased' | 'failed';
    as?: string;
    step?: string;
    /** The event whose rule or goal ended it. */
    by?: string;
  };
  trigger: { id: string; event: string; type: string; properties: Record<string, unknown> };
  /** The form post that it comes from, whatever lies between: anybody may have posted it. */
  post?: { id: string; at: string };
  /** Channels on which the post was let through to an address that had not answered. */
  admitted?: readonly string[];
  /** Depth of the event that started it; what its own steps cause lies one deeper (I8). */
  depth?: number;
  /** What webhooks answered, by name. */
  results: Record<string, unknown>;
  /** Set when the goal was reached within its window, also after the end of the run. */
  converted?: { at: string; value?: number };
  /** Steps and answers that it came through before it converted, noted once for the reports. */
  credited?: { step: string; branch?: number; template?: string; at?: string }[];
  /** What was known of the contact as it entered, for the reports: nothing that tells who it is. */
  about?: { segments?: string[]; source?: Touch; since?: string };
  /** The one wait that holds the run now. Cleared by whoever settles it. */
  wait?: RunWait | undefined;
  /** How often each `goto` was taken. */
  loops?: Record<string, number>;
  /** The execution it goes on in, where it outlived the first one. */
  execution?: Execution;
  /** First time the step that is now held was reached: freshness is counted from here. */
  held?: { step: string; visit: number; since: string; reason: string; until?: string };
}

/** One of the executions of a run, after the first. It begins at a step, in some round of the loops. */
export interface Execution {
  /** From 2. */
  number: number;
  at: string;
  visit: number;
  startedAt: string;
}

/** The first execution has the name of the run; names of later ones end in their number. */
export const executionName = ({ id, execution }: Pick<Run, 'id' | 'execution'>): string =>
  execution ? `${id}-${execution.number}` : id;

/** The run, and the number of the execution where it is not the first. */
export const executionNamePattern = /^([0-9a-z]{20}-[0-9a-z]{20})(?:-([1-9]\d{0,5}))?$/;

/** `undefined` for executions that are none of ours. */
export const parseExecutionName = (name: string): { run: string; number: number } | undefined => {
  const [, run, number = '1'] = executionNamePattern.exec(name) ?? [];
  return run === undefined ? undefined : { run, number: Number(number) };
};

/** No personal data, and the same for each try. */
export const executionInput = ({ execution }: Pick<Run, 'execution'>): string =>
  JSON.stringify(execution ? { at: execution.at, visit: execution.visit } : {});

/** Where a run stands: the token that lets its machine go on, and what would. ISO times. */
export interface RunWait {
  token: string;
  step: string;
  visit: number;
  kind: 'wait' | 'waitFor' | 'task' | 'hold';
  since: string;
  until: string;
  reason?: string;
}

/** One visit of one step that is not a send; a send's record is its `Send`. Written once per visit. */
export interface StepRecord {
  run: string;
  contact: string;
  journey: string;
  version: number;
  step: string;
  visit: number;
  type: string;
  at: string;
  outcome: 'done' | 'answered' | 'waiting' | 'skipped' | 'failed';
  /** Which branch or arm, in the author's words; with its index in `branch` (`-1` is otherwise). */
  answer?: string;
  branch?: number;
  /** Why it was skipped or failed. */
  reason?: string;
  /** Tasks: what the colleague was asked. */
  task?: { team: string; title: string; script?: string; dueAt?: string; outcomes?: string[] };
  /** Webhooks: how often it was called, what the last answer was, and whether it is called again. */
  attempts?: number;
  status?: number;
  again?: boolean;
  /** A `goto` that was taken: the visit of the steps it leads to. */
  nextVisit?: number;
  /** Waits: when it was over. */
  endedAt?: string;
  /** Waits by the clock: when it was to be over. */
  until?: string;
}
