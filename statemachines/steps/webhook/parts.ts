import { type StepParts, textsIn } from '../parts.ts';
import type { WebhookStep } from './schema.ts';

export const parts = ({ body }: Partial<WebhookStep>): StepParts => ({ texts: textsIn(['body'], body) });
