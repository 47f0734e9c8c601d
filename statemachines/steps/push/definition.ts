import type { StepDefinition } from '../definition.ts';
import { checks } from './checks.ts';
import { compile } from './compile.ts';
import { parts } from './parts.ts';
import type { PushStep } from './schema.ts';
import { words } from './words.ts';

export const push: StepDefinition<PushStep> = { type: 'push', words, parts, checks, compile };
