import { expect, it } from 'vitest';
import { inLanes } from './lanes.ts';

const turn = () => new Promise((resolve) => setImmediate(resolve));

it('works on so many at once, and gives what came of them in the order of the list', async () => {
  let running = 0;
  let most = 0;
  const work = async (n: number): Promise<number> => {
    most = Math.max(most, ++running);
    for (let i = 0; i < 5 - n; i++) await turn();
    running--;
    return n * 10;
  };
  expect(await inLanes(2, [1, 2, 3, 4], work)).toEqual([10, 20, 30, 40]);
  expect(most).toBe(2);
});

it('leaves what is left when time is up', async () => {
  const seen: number[] = [];
  const work = async (n: number): Promise<void> => {
    await turn();
    seen.push(n);
  };
  await inLanes(1, [1, 2, 3], work, () => seen.length === 2);
  expect(seen).toEqual([1, 2]);
});

it('fails as soon as one fails', async () => {
  const failing = inLanes(2, [1, 2], async (n) => {
    if (n === 1) throw new Error('broken');
  });
  await expect(failing).rejects.toThrow('broken');
});
