import type { StepDefinition } from '../definition.ts';
import { checks } from './checks.ts';
import { compile } from './compile.ts';
import { parts } from './parts.ts';
import type { EmailStep } from './schema.ts';
import { words } from './words.ts';

export const email: StepDefinition<EmailStep> = { type: 'email', words, parts, checks, compile };
