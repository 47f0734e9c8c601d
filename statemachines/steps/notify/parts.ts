import { present, type StepParts } from '../parts.ts';
import type { NotifyStep } from './schema.ts';

export const parts = ({ team, text }: Partial<NotifyStep>): StepParts => ({
  texts: present(['text'], text),
  uses: present(['team'], team).map((use) => ({ ...use, kind: 'team' })),
});
