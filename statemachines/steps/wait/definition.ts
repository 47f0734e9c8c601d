import type { StepDefinition } from '../definition.ts';
import { checks } from './checks.ts';
import { compile } from './compile.ts';
import { parts } from './parts.ts';
import type { WaitStep } from './schema.ts';
import { words } from './words.ts';

export const wait: StepDefinition<WaitStep> = { type: 'wait', words, parts, checks, compile };
