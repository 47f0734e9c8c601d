import { present, type StepParts } from '../parts.ts';
import type { PushStep } from './schema.ts';

export const parts = ({ title, body }: Partial<PushStep>): StepParts => ({
  sends: true,
  texts: [...present(['title'], title), ...present(['body'], body)],
});
