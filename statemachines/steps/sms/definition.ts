import type { StepDefinition } from '../definition.ts';
import { checks } from './checks.ts';
import { compile } from './compile.ts';
import { parts } from './parts.ts';
import type { SmsStep } from './schema.ts';
import { words } from './words.ts';

export const sms: StepDefinition<SmsStep> = { type: 'sms', words, parts, checks, compile };
