import { innerPlaced } from '../../inner-conditions.ts';
import type { Rule } from '../../rule.ts';
import { unknownName } from '../../unknown-name.ts';

export const unknownSegment: Rule = {
  id: 'unknown-segment',
  severity: 'error',
  title: 'A segment that is named exists',
  explain:
    'A `segment` is the name of a file in the folder `segments` of the client, without `.json`, or of one that was uploaded.',
  why: 'A segment that does not exist holds nobody.',
  example: {
    place: 'condition',
    wrong: '{ "segment": "dormnt" }',
    right: '{ "segment": "dormant" }',
  },
  check: (view) =>
    [...view.triggers, ...innerPlaced(view)].flatMap(({ value, path }) =>
      'segment' in value
        ? unknownName('segment', value.segment, [...path, 'segment'], view.references.segments)
        : [],
    ),
};
