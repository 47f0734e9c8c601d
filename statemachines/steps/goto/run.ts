import type { Run } from '../effects.ts';
import type { GotoStep } from './schema.ts';

/** How often it was taken is counted where runs are kept. */
export const run: Run<GotoStep> = ({ atMost }) => [{ kind: 'jump', atMost }];
