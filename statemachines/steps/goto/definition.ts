import type { StepDefinition } from '../definition.ts';
import { checks } from './checks.ts';
import { compile } from './compile.ts';
import { parts } from './parts.ts';
import type { GotoStep } from './schema.ts';
import { words } from './words.ts';

export const goto: StepDefinition<GotoStep> = { type: 'goto', words, parts, checks, compile };
