import type { StepDefinition } from '../definition.ts';
import { checks } from './checks.ts';
import { compile } from './compile.ts';
import { parts } from './parts.ts';
import type { ExitStep } from './schema.ts';
import { words } from './words.ts';

export const exit: StepDefinition<ExitStep> = { type: 'exit', words, parts, checks, compile };
