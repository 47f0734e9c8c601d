import type { StepDefinition } from '../definition.ts';
import { checks } from './checks.ts';
import { compile } from './compile.ts';
import { parts } from './parts.ts';
import type { UpdateStep } from './schema.ts';
import { words } from './words.ts';

export const update: StepDefinition<UpdateStep> = { type: 'update', words, parts, checks, compile };
