import type { StepWords } from '../definition.ts';
import type { EnrollStep } from './schema.ts';

export const words: StepWords<EnrollStep> = {
  kind: 'action',
  explain:
    'Hands the contact to another journey, whatever that journey is triggered by. Its condition (`enter.if`), `again` and `key` decide as always; where they refuse, the step is counted as skipped, with the reason. This run goes on at once. In the other run `trigger.properties` are those of this one, and the depth is one more; deeper than eight the step is skipped (`too-deep`).',
  example: { id: 'to-onboarding', type: 'enroll', journey: 'onboarding' },
  describe: ({ journey }) => `to journey "${journey}"`,
};
