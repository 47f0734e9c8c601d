import { expect, test } from 'vitest';
import { readClientFolder } from './client-folder.ts';
import { createWorld } from './local/world.ts';
import { usedBy } from './usage.ts';

test('a day on which nothing happens is no use of anything: the rounds of the clock are nobody’s', async () => {
  const world = await createWorld({
    ...{ client: readClientFolder('acme'), clock: 'virtual', seed: 1, logLevel: 'error' },
    start: Date.parse('2026-03-02T09:00:00Z'),
  });
  try {
    // The segments of a folder that was just deployed are made ready.
    await world.advance('1 hour');
    const before = usedBy(world);
    await world.advance('1 day');
    expect(world.usage().functions['review-contacts']).toBeGreaterThan(0);
    expect(usedBy(world)).toEqual(before);
  } finally {
    await world.close();
  }
});
