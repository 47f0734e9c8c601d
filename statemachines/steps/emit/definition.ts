import type { StepDefinition } from '../definition.ts';
import { checks } from './checks.ts';
import { compile } from './compile.ts';
import { parts } from './parts.ts';
import type { EmitStep } from './schema.ts';
import { words } from './words.ts';

export const emit: StepDefinition<EmitStep> = { type: 'emit', words, parts, checks, compile };
