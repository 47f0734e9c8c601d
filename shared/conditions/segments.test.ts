import { describe, expect, it } from 'vitest';
import type { Condition } from './schema.ts';
import { circleOf, closureOf, isSound, soundSegments } from './segments.ts';

const segmentsOf = (named: Record<string, Condition>) =>
  new Map(Object.entries(named).map(([id, condition]) => [id, { if: condition }]));
const segments = segmentsOf({
  plain: { tag: 'vip' },
  nested: { all: [{ segment: 'plain' }, { not: { segment: 'plain' } }] },
  a: { not: { segment: 'b' } },
  b: { any: [{ tag: 'x' }, { segment: 'c' }] },
  c: { segment: 'a' },
  itself: { not: { segment: 'itself' } },
  leadsIn: { not: { segment: 'a' } },
  lost: { not: { segment: 'nowhere' } },
});

describe('a circle of segments', () => {
  it('is told with its whole way', () => {
    expect(circleOf('a', segments)).toEqual(['a', 'b', 'c', 'a']);
    expect(circleOf('itself', segments)).toEqual(['itself', 'itself']);
  });

  it('is not what merely leads into one, nor what is named twice', () => {
    expect(circleOf('leadsIn', segments)).toBeUndefined();
    expect(circleOf('nested', segments)).toBeUndefined();
  });

  it('selects nobody, and neither does what leads into it or to nothing, also with "not"', () => {
    expect([...soundSegments(segments).keys()]).toEqual(['plain', 'nested']);
    expect(isSound({ not: { segment: 'leadsIn' } }, segments)).toBe(false);
    expect(isSound({ not: { segment: 'nested' } }, segments)).toBe(true);
  });
});

it('the closure of a segment holds all that it names, by whatever way', () => {
  expect([...closureOf('leadsIn', segments)].sort()).toEqual(['a', 'b', 'c', 'leadsIn']);
});
