import { joined } from '#kernel/words';
import type { StepWords } from '../definition.ts';
import type { UpdateStep } from './schema.ts';

export const words: StepWords<UpdateStep> = {
  kind: 'action',
  explain: 'Changes fields, tags, score or stage of the contact. Other journeys hear the change.',
  example: { id: 'score', type: 'update', addScore: 20, addTags: ['demo-request'], stage: 'lead' },
  describe: (step) => joined(changes(step)) || 'update',
};

const changes = ({ set, unset, addTags, removeTags, addScore, stage }: UpdateStep): string[] =>
  [
    set && `set ${joined(Object.keys(set))}`,
    unset && `forget ${joined(unset)}`,
    addTags && `tag ${joined(addTags)}`,
    removeTags && `untag ${joined(removeTags)}`,
    addScore && `score ${addScore > 0 ? '+' : ''}${addScore}`,
    stage && `stage ${stage}`,
  ].filter((change) => typeof change === 'string');
