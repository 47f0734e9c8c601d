import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Journey } from '#statemachines/document/schema';
import { arrange, arrangeDifference, type Piece } from './arrange.ts';

const folder = join(import.meta.dirname, '../../../../infra/clients/acme/journeys');
const read = (id: string): Journey => JSON.parse(readFileSync(join(folder, `${id}.journey.json`), 'utf8'));
const journey = read('demo-follow-up');
const of = (pieces: readonly Piece[], kind: Piece['kind']) => pieces.filter((piece) => piece.kind === kind);

const overlap = (a: Piece, b: Piece): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

test.each(['demo-follow-up', 'increase-engagement'])(
  '%s: every step and answer has a place of its own',
  (id) => {
    const { pieces, width, height } = arrange(read(id));
    const solid = pieces.filter(({ kind }) => kind === 'card' || kind === 'chip' || kind === 'root');
    for (const [i, one] of solid.entries())
      for (const other of solid.slice(i + 1))
        expect([one.id, other.id, overlap(one, other)]).toEqual([one.id, other.id, false]);
    expect(new Set(pieces.map((piece) => piece.id)).size).toBe(pieces.length);
    for (const { x, y, ...size } of solid) {
      expect(Math.min(x, y)).toBeGreaterThanOrEqual(0);
      expect([x + size.width <= width, y + size.height <= height]).toEqual([true, true]);
    }
  },
);

test('counts stand on the ways and on the answers', () => {
  const { pieces } = arrange(journey, {
    entered: 200,
    steps: { confirm: 150 },
    answers: { 'reaction/Clicked': 30, 'reaction/No reaction': 90 },
  });
  expect(of(pieces, 'count').map((piece) => piece.kind === 'count' && piece.text)).toContain('150 · 75 %');
  const chip = pieces.find(({ id }) => id === 'reaction/Clicked');
  expect(chip?.kind === 'chip' && chip.chip.count).toBe('30 · 25 %');
});

test('a difference keeps what is gone in its place, marked, also where its name was taken by another step', () => {
  const [first, second, ...rest] = journey.steps;
  const wait = { id: 'confirm', type: 'wait', for: '1 day' } as const;
  const after = { ...journey, steps: [first!, wait, ...rest] };
  const { pieces } = arrangeDifference(journey, after);
  const marks = of(pieces, 'card').flatMap((piece) =>
    piece.kind === 'card' && piece.card.mark ? [[piece.id, piece.step.type, piece.card.mark.kind]] : [],
  );
  expect(second?.id).toBe('confirm');
  expect(marks).toContainEqual(['confirm', 'wait', 'added']);
  expect(marks).toContainEqual(['confirm~2', 'email', 'removed']);
});
