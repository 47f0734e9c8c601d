import type { StepDefinition } from '../definition.ts';
import { checks } from './checks.ts';
import { compile } from './compile.ts';
import { parts } from './parts.ts';
import type { WaitForStep } from './schema.ts';
import { words } from './words.ts';

export const waitFor: StepDefinition<WaitForStep> = { type: 'waitFor', words, parts, checks, compile };
