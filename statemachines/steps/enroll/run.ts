import type { Run } from '../effects.ts';
import type { EnrollStep } from './schema.ts';

export const run: Run<EnrollStep> = ({ journey }) => [{ kind: 'enroll', journey }];
