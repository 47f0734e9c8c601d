import type { Run } from '../effects.ts';
import type { NotifyStep } from './schema.ts';

export const run: Run<NotifyStep> = ({ team, text }) => [{ kind: 'notify', team, text }];
