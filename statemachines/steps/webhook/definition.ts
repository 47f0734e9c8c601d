import type { StepDefinition } from '../definition.ts';
import { checks } from './checks.ts';
import { compile } from './compile.ts';
import { parts } from './parts.ts';
import type { WebhookStep } from './schema.ts';
import { words } from './words.ts';

export const webhook: StepDefinition<WebhookStep> = { type: 'webhook', words, parts, checks, compile };
