import { expect, it } from 'vitest';
import { checkCondition } from './check-condition.ts';

const found = (condition: unknown) =>
  checkCondition(condition, { segments: { dormant: {} } }).map(({ code, path }) => `${path} ${code}`);

it('accepts the condition of a segment', () => {
  expect(found({ not: { did: 'Order Completed', inLast: '90 days' } })).toEqual([]);
});

it.each<[string, unknown, string[]]>([
  ['an empty list', { all: [] }, ['/if/all empty-audience']],
  ['no condition', {}, ['/if unknown-condition']],
  ['a missing condition', undefined, [' missing-member']],
  ['an unknown operator', { contact: 'x', equals: 1 }, ['/if/equals unknown-member']],
  [
    'more than three criteria',
    { any: ['a', 'b', 'c', 'd'].map((tag) => ({ tag })) },
    ['/if over-segmentation'],
  ],
  ['an unknown segment', { not: { segment: 'dormnt' } }, ['/if/not/segment unknown-segment']],
  ['what can never be true', { contact: 'age', above: 5, below: 3 }, ['/if never-true']],
])('finds %s', (_, condition, issues) => expect(found(condition)).toEqual(issues));
