import type { StepDefinition } from '../definition.ts';
import { checks } from './checks.ts';
import { compile } from './compile.ts';
import { parts } from './parts.ts';
import type { EnrollStep } from './schema.ts';
import { words } from './words.ts';

export const enroll: StepDefinition<EnrollStep> = { type: 'enroll', words, parts, checks, compile };
