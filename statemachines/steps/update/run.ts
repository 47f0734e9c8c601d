import type { Run } from '../effects.ts';
import type { UpdateStep } from './schema.ts';

export const run: Run<UpdateStep> = ({ set, unset, addTags, removeTags, addScore, stage }) => [
  { kind: 'update', set, unset, addTags, removeTags, addScore, stage },
];
