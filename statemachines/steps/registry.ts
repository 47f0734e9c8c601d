import type { StepForm } from '../compile/form.ts';
import { decide } from './decide/definition.ts';
import type { StepDefinition } from './definition.ts';
import { email } from './email/definition.ts';
import { emit } from './emit/definition.ts';
import { enroll } from './enroll/definition.ts';
import { exit } from './exit/definition.ts';
import { goto } from './goto/definition.ts';
import { notify } from './notify/definition.ts';
import { push } from './push/definition.ts';
import type { Step, StepOf, StepTypeName } from './schema.ts';
import { sms } from './sms/definition.ts';
import { split } from './split/definition.ts';
import { task } from './task/definition.ts';
import { update } from './update/definition.ts';
import { wait } from './wait/definition.ts';
import { waitFor } from './waitFor/definition.ts';
import { webhook } from './webhook/definition.ts';

/** One line per type of step: words and checks. What a step does when it runs is in `run-registry.ts`. */
export const definitions: { readonly [T in StepTypeName]: StepDefinition<StepOf<T>> } = {
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

export const stepTypes = Object.keys(definitions) as StepTypeName[];

export const definitionOf = (type: unknown): StepDefinition | undefined =>
  typeof type === 'string' && Object.hasOwn(definitions, type)
    ? (definitions[type as StepTypeName] as StepDefinition)
    : undefined;

/** Of a step that was checked. */
const ownDefinition = ({ type }: Step): StepDefinition => definitions[type] as StepDefinition;

/** One step in few words: `e-mail "demo-confirm"`, `wait 3 days`. */
export const describeStep = (step: Step): string => ownDefinition(step).words.describe(step);

export const formOf = (step: Step): StepForm => ownDefinition(step).compile(step);
