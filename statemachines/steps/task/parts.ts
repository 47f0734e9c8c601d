import { present, type StepParts, takesTime } from '../parts.ts';
import type { TaskStep } from './schema.ts';

export const parts = (step: Partial<TaskStep>): StepParts => ({
  texts: [...present(['title'], step.title), ...present(['script'], step.script)],
  uses: present(['team'], step.team).map((use) => ({ ...use, kind: 'team' })),
  waits: step.outcomes !== undefined && takesTime(step.atMost),
  lasts: present(['atMost'], step.atMost),
  covered: step.outcomes !== undefined && step.otherwise !== undefined,
});
