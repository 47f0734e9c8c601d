import { describe, expect, it } from 'vitest';
import { decide, email, journeyOf, pause } from '#test/builders/journeys';
import { sampleJourney } from '#test/builders/sample-journeys';
import type { Step } from '../document/schema.ts';
import { drawDiff } from './draw.ts';

const words = (svg: string): string[] =>
  [...svg.matchAll(/<text[^>]*>([^<]*)</g)].map(([, text]) => text ?? '');
const marked = (svg: string, kind: string): string[] =>
  [...svg.matchAll(new RegExp(`data-step="([^"]*)" class="wl-${kind}"`, 'g'))].map(([, step]) => step ?? '');
const draw = (before: Step[], after: Step[]): string => drawDiff(journeyOf(before), journeyOf(after));

it('marks by word, form and colour what is new, gone, changed and moved', () => {
  const svg = draw(
    [email('a'), pause('rest', '2 days'), email('gone'), email('z')],
    [email('z'), email('a'), pause('rest', '3 days'), email('new')],
  );
  expect(['added', 'removed', 'changed', 'moved'].map((kind) => marked(svg, kind))).toEqual([
    ['new'],
    ['gone'],
    ['rest'],
    ['z'],
  ]);
  expect(words(svg)).toEqual(expect.arrayContaining(['+ new', '− gone', '≠ changed', '↕ moved']));
  expect(words(svg).join(' ')).toContain('now waits 3 days instead of 2');
  expect(svg).toContain('stroke-dasharray:6 4');
});

it('marks nothing where nothing changed', () => {
  const svg = drawDiff(sampleJourney('demo-follow-up'), sampleJourney('demo-follow-up'));
  expect(svg).not.toMatch(/<g[^>]* class="wl-(added|removed|changed|moved)"/);
  expect(words(svg)).toContain('no difference');
});

describe('what is gone is drawn where it stood', () => {
  it('with its branches and all that was in them', () => {
    const svg = draw(
      [email('a'), decide('vip', [email('b')], [email('c')]), email('z')],
      [email('a'), email('z')],
    );
    expect(marked(svg, 'removed')).toEqual(['vip', 'b', 'c']);
    expect(svg.indexOf('data-step="vip"')).toBeLessThan(svg.indexOf('data-step="z"'));
  });

  it('also behind an exit that is new', () => {
    const svg = draw([email('a'), email('b')], [email('a'), { id: 'bye', type: 'exit' }]);
    expect(marked(svg, 'removed')).toEqual(['b']);
    expect(marked(svg, 'added')).toEqual(['bye']);
  });

  it('but not twice when it only moved', () => {
    const svg = draw([decide('vip', [email('a')], [])], [email('a'), decide('vip', [], [])]);
    expect(svg.split('data-step="a"')).toHaveLength(2);
    expect(marked(svg, 'moved')).toEqual(['a']);
  });
});

it('marks answers that came and went, and keeps one that got other words', () => {
  const one = { answer: 'One', if: { tag: 'one' }, steps: [] };
  const two = { answer: 'Two', if: { tag: 'two' }, steps: [email('b')] };
  const of = (...branches: object[]): Step[] => [{ ...decide('d', [], []), branches } as Step];
  const svg = draw(
    of(one, two),
    of({ ...one, answer: 'First' }, { answer: 'Three', if: { tag: 'three' }, steps: [] }),
  );
  const answers = [...svg.matchAll(/<g class="wl-(added|removed)">.*?>([A-Z][a-z]+)<\/text>/g)].map(
    ([, kind, text]) => `${kind} ${text}`,
  );
  expect(answers).toEqual(['added Three', 'removed Two']);
});
