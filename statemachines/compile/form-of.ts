import type { Step } from '../document/schema.ts';
import { definitions } from '../steps/registry.ts';
import type { StepForm } from './form.ts';

export const formOf = (step: Step): StepForm => definitions[step.type].compile(step as never);
