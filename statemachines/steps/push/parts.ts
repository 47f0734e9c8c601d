import { present, type StepParts } from '../parts.ts';
import type { PushStep } from './schema.ts';

export const parts = ({ title, body, link }: Partial<PushStep>): StepParts => ({
  sends: true,
  texts: [
    ...present(['title'], title),
    ...present(['body'], body),
    ...present(['link'], link?.startsWith('{{') ? link : undefined),
  ],
});
