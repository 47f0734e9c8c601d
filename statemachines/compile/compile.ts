import { utf8Length } from '#kernel/json';
import type { Journey } from '../document/schema.ts';
import type { Machine } from './asl.ts';
import { largestDefinition } from './limits.ts';
import { createPlan, type Plan } from './plan.ts';
import { squeeze } from './squeeze.ts';
import { byAuthor, byId, type Naming, writeStates } from './write-states.ts';

export interface Compiled {
  asl: Machine;
  /** The definition as it is uploaded. The same document always gives the same text. */
  text: string;
  plan: Plan;
}

/** What stands for the function's name until CloudFormation or publishing puts it in. */
// biome-ignore lint/suspicious/noTemplateCurlyInString: the form that CloudFormation substitutes
export const runStepPlaceholder = '${RunStep}';

/** Of a Lambda function's name, in characters. */
export const longestFunctionName = 64;

/** @param options.runStep name of the function that performs the steps */
export const compile = (document: Journey, options: { runStep?: string } = {}): Compiled => {
  const plan = createPlan(document);
  const runStep = options.runStep ?? runStepPlaceholder;
  const readable = written(machineOf(plan, runStep, byAuthor));
  if (largestSize(readable, runStep) <= largestDefinition) return { ...readable, plan };
  return squeezed(plan, runStep);
};

/** The form that large machines have, without trying the readable one first. */
export const compileSqueezed = (document: Journey, { runStep }: { runStep: string }): Compiled =>
  squeezed(createPlan(document), runStep);

const squeezed = (plan: Plan, runStep: string): Compiled => ({
  ...written(squeeze(machineOf(plan, runStep, byId))),
  plan,
});

const written = (asl: Machine) => ({ asl, text: JSON.stringify(asl) });

/** With the longest name in place of the function's, so that one document has one form. */
const largestSize = ({ asl, text }: { asl: Machine; text: string }, runStep: string): number => {
  const tasks = Object.values(asl.States).filter(({ Type }) => Type === 'Task').length;
  return utf8Length(text) + tasks * (longestFunctionName - runStep.length);
};

const machineOf = (plan: Plan, runStep: string, naming: Naming): Machine => {
  const { start, states } = writeStates(plan, runStep, naming);
  return {
    Comment: `Journey ${plan.journey.id}, compiled by Wayleaf`,
    QueryLanguage: 'JSONata',
    StartAt: start,
    States: Object.fromEntries(states),
  };
};
