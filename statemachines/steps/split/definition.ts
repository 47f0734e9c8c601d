import type { StepDefinition } from '../definition.ts';
import { checks } from './checks.ts';
import { compile } from './compile.ts';
import { parts } from './parts.ts';
import type { SplitStep } from './schema.ts';
import { words } from './words.ts';

export const split: StepDefinition<SplitStep> = { type: 'split', words, parts, checks, compile };
