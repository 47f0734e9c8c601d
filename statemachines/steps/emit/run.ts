import type { Run } from '../effects.ts';
import type { EmitStep } from './schema.ts';

export const run: Run<EmitStep> = ({ event, properties }) => [{ kind: 'emit', event, properties }];
