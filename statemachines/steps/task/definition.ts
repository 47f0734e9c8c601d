import type { StepDefinition } from '../definition.ts';
import { checks } from './checks.ts';
import { compile } from './compile.ts';
import { parts } from './parts.ts';
import type { TaskStep } from './schema.ts';
import { words } from './words.ts';

export const task: StepDefinition<TaskStep> = { type: 'task', words, parts, checks, compile };
