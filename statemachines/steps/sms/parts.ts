import { present, type StepParts } from '../parts.ts';
import type { SmsStep } from './schema.ts';

export const parts = ({ template, text }: Partial<SmsStep>): StepParts => ({
  sends: true,
  texts: present(['text'], text),
  uses: present(['template'], template).map((use) => ({ ...use, kind: 'template', channel: 'sms' })),
});
