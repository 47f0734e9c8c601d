import { expect } from 'vitest';
import type { World } from '#infra/local/world';
import { call } from '../console/people-given.ts';
import { planted } from './xss.ts';

/** What one line may hold: names are refused a tab. */
export const oneLine: readonly string[] = planted.filter((text) => !text.includes('\t'));
/** What a template, a title or a script may hold: the others are no Liquid. */
export const noLiquid: readonly string[] = planted.filter((text) => !/\{[{%]/.test(text));
/** Those that begin with `$` are our own. */
export const eventNames: readonly string[] = oneLine.filter((text) => !text.startsWith('$'));
export const lineOfNoLiquid: readonly string[] = oneLine.filter((text) => noLiquid.includes(text));

/**
 * Each text in a document of its own. What is refused is refused for its words, and is what we said it would be.
 * @returns what was taken
 */
export const takeEach = async (
  world: World,
  path: (i: number) => string,
  bodyOf: (text: string, i: number) => object,
  /** Left out where what markup may stand in a mail is no question of ours. */
  expected?: readonly string[],
): Promise<readonly string[]> => {
  const taken: string[] = [];
  for (const [i, text] of planted.entries()) {
    const { status } = await call(world, 'PUT', path(i), bodyOf(text, i));
    expect([text, [200, 201, 422].includes(status)]).toEqual([text, true]);
    if (status !== 422) taken.push(text);
  }
  if (expected) expect(taken).toEqual(expected);
  return taken;
};

/** One document that has all of them. */
export const take = async (world: World, method: string, path: string, body?: object) => {
  const { status, json } = await call(world, method, path, body);
  if (status >= 300) throw new Error(`${method} ${path} ${status} ${JSON.stringify(json).slice(0, 600)}`);
  return json;
};
