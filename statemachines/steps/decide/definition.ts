import type { StepDefinition } from '../definition.ts';
import { checks } from './checks.ts';
import { compile } from './compile.ts';
import { parts } from './parts.ts';
import type { DecideStep } from './schema.ts';
import { words } from './words.ts';

export const decide: StepDefinition<DecideStep> = { type: 'decide', words, parts, checks, compile };
