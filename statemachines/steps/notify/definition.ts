import type { StepDefinition } from '../definition.ts';
import { checks } from './checks.ts';
import { compile } from './compile.ts';
import { parts } from './parts.ts';
import type { NotifyStep } from './schema.ts';
import { words } from './words.ts';

export const notify: StepDefinition<NotifyStep> = { type: 'notify', words, parts, checks, compile };
