import { evaluate } from '#conditions/evaluate';
import { run as decide } from './decide/run.ts';
import type { Run, RunFacts, StepEffect } from './effects.ts';
import { run as email } from './email/run.ts';
import { run as emit } from './emit/run.ts';
import { run as enroll } from './enroll/run.ts';
import { run as exit } from './exit/run.ts';
import { run as goto } from './goto/run.ts';
import { run as notify } from './notify/run.ts';
import { run as push } from './push/run.ts';
import type { Step, StepOf, StepTypeName } from './schema.ts';
import { run as sms } from './sms/run.ts';
import { run as split } from './split/run.ts';
import { run as task } from './task/run.ts';
import { run as update } from './update/run.ts';
import { run as wait } from './wait/run.ts';
import { run as waitFor } from './waitFor/run.ts';
import { run as webhook } from './webhook/run.ts';

/** Stays out of the browser bundle: these draw lots with a hash. */
const runs: { [T in StepTypeName]: Run<StepOf<T>> } = {
  email,
  sms,
  push,
  notify,
  task,
  webhook,
  update,
  emit,
  enroll,
  wait,
  waitFor,
  decide,
  split,
  goto,
  exit,
};

/** What the step does now, its own `if` included. */
export const runStep = (step: Step, facts: RunFacts): StepEffect[] =>
  step.if && !evaluate(step.if, facts.conditions)
    ? [{ kind: 'skip' }]
    : (runs[step.type] as Run<Step>)(step, facts);
