import { present, type StepParts, takesTime } from '../parts.ts';
import type { WaitStep } from './schema.ts';

export const parts = ({ for: length, until }: Partial<WaitStep>): StepParts => ({
  // A date is past when it is waited for a second time.
  waits:
    takesTime(typeof length === 'object' ? length.between[0] : length) ||
    (until !== undefined && 'time' in until),
  lasts:
    typeof length === 'object' ? present(['for', 'between', 1], length.between[1]) : present(['for'], length),
});
