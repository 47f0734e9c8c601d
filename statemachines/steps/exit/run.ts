import type { Run } from '../effects.ts';
import type { ExitStep } from './schema.ts';

/** The machine's own state ends the run; nothing else is to be done. */
export const run: Run<ExitStep> = () => [];
