import { expect, test } from 'vitest';
import { segmentSchema } from '#model/segment';
import { words } from '../../words/words.ts';
import { putExample } from './put-example.ts';

test('every example is a segment as it stands', () => {
  for (const [name, condition] of Object.entries(words.documents.segments.examples))
    expect(segmentSchema.safeParse(JSON.parse(putExample('', condition, name))).error).toBeUndefined();
});

test('what has no name yet is called as the example is', () => {
  expect(putExample('{"name":""}', { tag: 'b' }, 'Example')).toContain('"Example"');
});

test('an example takes the place of the condition; the name stays', () => {
  expect(JSON.parse(putExample('{"name":"Mine","if":{"tag":"a"}}', { tag: 'b' }, 'Example'))).toEqual({
    ...{ name: 'Mine', if: { tag: 'b' } },
  });
});
