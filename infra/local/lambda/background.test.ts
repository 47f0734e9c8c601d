import { expect, test } from 'vitest';
import { createBackground } from './background.ts';

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

test('runs at once while nobody waits for an answer', async () => {
  const background = createBackground();
  let running = 0;
  const most: number[] = [];
  const work = async () => {
    most.push(++running);
    await sleep(1);
    running--;
  };
  await Promise.all([background.run(work), background.run(work), background.run(work)]);
  expect(Math.max(...most)).toBe(3);
});

test('goes on while requests arrive, a few pieces at a time', async () => {
  const background = createBackground();
  background.enter();
  let running = 0;
  const most: number[] = [];
  const work = async () => {
    most.push(++running);
    await sleep(2);
    running--;
  };
  await Promise.all(Array.from({ length: 20 }, () => background.run(work)));
  expect(most).toHaveLength(20);
  expect(Math.max(...most)).toBe(4);
});

test('is let go all at once when the requests have been answered', async () => {
  const background = createBackground();
  background.enter();
  let done = 0;
  const stuck = () => new Promise<void>(() => {});
  for (let i = 0; i < 4; i++) void background.run(stuck);
  const works = Array.from({ length: 50 }, () => background.run(async () => void done++));
  await sleep(1);
  expect(done).toBe(0);
  background.leave();
  await Promise.all(works);
  expect(done).toBe(50);
});

test('one that fails does not stop the others, and its failure reaches the caller', async () => {
  const background = createBackground();
  background.enter();
  for (let i = 0; i < 5; i++)
    await expect(background.run(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
  await expect(background.run(async () => 'yes')).resolves.toBe('yes');
});

test('nothing begins while a crowd comes in, and all goes on afterwards', async () => {
  const background = createBackground();
  const crowd = Promise.withResolvers<void>();
  background.quietFor(crowd.promise);
  let done = 0;
  const works = Array.from({ length: 5 }, () => background.run(async () => void done++));
  await sleep(20);
  expect(done).toBe(0);
  crowd.resolve();
  await Promise.all(works);
  expect(done).toBe(5);
});
