import { present, type StepParts } from '../parts.ts';
import type { EmailStep } from './schema.ts';

export const parts = ({ template, subject }: Partial<EmailStep>): StepParts => ({
  sends: true,
  texts: present(['subject'], subject),
  uses: present(['template'], template).map((use) => ({ ...use, kind: 'template', channel: 'email' })),
});
