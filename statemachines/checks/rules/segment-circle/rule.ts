import type { Condition } from '#conditions/schema';
import { circleOf, closureOf, type SegmentConditions } from '#conditions/segments';
import { innerPlaced } from '../../inner-conditions.ts';
import { find, ids, type References } from '../../references.ts';
import type { Finding, Rule } from '../../rule.ts';

export const segmentCircle: Rule = {
  id: 'segment-circle',
  severity: 'error',
  title: 'A segment does not name itself, by whatever way',
  explain:
    'Segments may name others in their conditions, but not so that the way leads back: nobody could say who is in them.',
  why: 'A segment in a circle selects nobody, and neither does one that leads into a circle.',
  example: {
    place: 'condition',
    wrong: '{ "segment": "in-a-circle" }',
    right: '{ "segment": "dormant" }',
  },
  check: ({ references, ...view }) => {
    const segments = conditionsOf(references);
    return [...view.triggers, ...innerPlaced({ ...view, references })].flatMap(({ value, path }) =>
      'segment' in value ? circleAt(value.segment, segments, [...path, 'segment']) : [],
    );
  },
};

/** Of references that hold the segments' own documents. */
const conditionsOf = ({ segments = {} }: References): SegmentConditions =>
  new Map(
    ids(segments).flatMap((id) => {
      const condition = (find<unknown>(segments, id) as { if?: Condition } | undefined)?.if;
      return condition ? [[id, { if: condition }] as const] : [];
    }),
  );

const circleAt = (id: string, segments: SegmentConditions, path: Finding['path']): Finding[] => {
  if (!segments.has(id)) return [];
  const circle = circleOf(id, segments);
  if (circle)
    return [
      { path, message: `segment "${id}" names itself: ${circle.join(' → ')}`, hint: 'take one of them out' },
    ];
  const inner = innerCircle(id, segments);
  return inner
    ? [
        {
          path,
          message: `segment "${id}" leads into a circle: ${inner.join(' → ')}`,
          hint: 'mend that first',
        },
      ]
    : [];
};

const innerCircle = (id: string, segments: SegmentConditions): string[] | undefined => {
  for (const inner of closureOf(id, segments)) {
    const circle = circleOf(inner, segments);
    if (circle) return circle;
  }
  return undefined;
};
