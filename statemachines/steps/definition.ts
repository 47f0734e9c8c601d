import type { Rule } from '../checks/rule.ts';
import type { StepForm } from '../compile/form.ts';
import type { StepParts } from './parts.ts';
import type { Step, StepTypeName } from './schema.ts';

/** For people. */
export interface StepWords<S = Step> {
  /** What it is, for the reference: something we do, something true of the contact, time, or the leaf. */
  kind: StepForm['kind'];
  explain: string;
  /** A step as an author would write it, for the reference. */
  example: Step;
  /** One step in few words, for pictures, timelines and messages. */
  describe(step: S): string;
}

/** What checks, plan, pictures and the reference know of a type of step. */
export interface StepDefinition<S = Step> {
  type: StepTypeName;
  words: StepWords<S>;
  /** Members of the wrong shape are taken out of the step before. */
  parts(step: Partial<S>): StepParts;
  checks: readonly Rule[];
  /** What a checked step is to the plan: machines, pictures, simulation. */
  compile(step: S): StepForm;
}
