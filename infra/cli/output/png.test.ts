import { expect, it } from 'vitest';
import { drawPicture } from '#statemachines/picture/picture';
import { email, journeyOf } from '#test/builders/journeys';
import { renderPng } from './png.ts';

const sizeOf = (png: Uint8Array): [number, number] => {
  const view = new DataView(png.buffer, png.byteOffset);
  return [view.getUint32(16), view.getUint32(20)];
};
const draw = (name: string): Promise<Uint8Array> =>
  renderPng(drawPicture(journeyOf([email('a', { name })]), { theme: 'light' }));

it('renders at twice the size of the drawing', async () => {
  const svg = drawPicture(journeyOf([email('a')]), { theme: 'light' });
  const [, width, height] = /width="(\d+)" height="(\d+)"/.exec(svg) ?? [];
  expect(sizeOf(await renderPng(svg))).toEqual([2 * Number(width), 2 * Number(height)]);
});

it.each(['Grüße', 'Привет', 'Καλημέρα', 'a → b ≠ c'])('really shows the letters of %s', async (name) => {
  // The same number of letters that no font has would look alike.
  const unknown = [...name].map(() => '\u{10fffd}').join('');
  expect(Buffer.from(await draw(name)).equals(Buffer.from(await draw(unknown)))).toBe(false);
  expect(Buffer.from(await draw(name)).equals(Buffer.from(await draw([...name].reverse().join(''))))).toBe(
    false,
  );
});

it('renders the same bytes each time', async () =>
  expect(Buffer.from(await draw('x')).equals(Buffer.from(await draw('x')))).toBe(true));

it('makes a very large tree smaller rather than too large for the programs that show it', async () => {
  const svg =
    '<svg xmlns="http://www.w3.org/2000/svg" width="100" height="20000" viewBox="0 0 100 20000"></svg>';
  expect(Math.max(...sizeOf(await renderPng(svg)))).toBe(16_000);
});
