import type { Source, Spot } from '../weave.ts';
import { type MacroTag, macroTags, readBlockName } from './macro-tags.ts';
import { behind, type Complain, type Range, spotOf, whole } from './ranges.ts';

/** The block of a layout that the body goes into. */
export const content = 'content';

/** `{% block NAME %}` with its end. */
export interface Pair {
  name: string;
  open: MacroTag;
  close: MacroTag | undefined;
}

/** What a template says for one block of its layout. */
export interface Block {
  ranges: Range[];
  spot: Spot;
}

export const insideOf = ({ text }: Source, { open, close }: Pair): Range => ({
  from: behind(text, open),
  to: close?.start ?? open.end,
});

/** Each mistake is told once. */
export const pairsIn = (source: Source, complain: Complain): Pair[] => {
  const pairs: Pair[] = [];
  const wrong = (tag: MacroTag, message: string, hint?: string): void =>
    complain('invalid-block', spotOf(source, tag), message, hint);
  let open: MacroTag | undefined;
  const finish = (close?: MacroTag): void => {
    const name = open && readBlockName(open.rest);
    if (open && name !== undefined) pairs.push({ name, open, close });
    else if (open) wrong(open, 'a block has a name', 'write {% block footer %}…{% endblock %}');
    open = undefined;
  };
  for (const tag of macroTags(source.text).filter(({ name }) => name !== 'render')) {
    if (tag.name === 'block' && !open) open = tag;
    else if (tag.name === 'block')
      wrong(tag, 'a block stands in another block, or {% endblock %} is missing before it');
    else if (open) finish(tag);
    else wrong(tag, '{% endblock %} closes no block');
  }
  if (open) wrong(open, 'this block has no {% endblock %}');
  finish();
  return pairs;
};

const isBlank = ({ text }: Source, { from, to }: Range): boolean => text.slice(from, to).trim() === '';

/** Without the blank lines around: how far it is from what, the layout says. */
const trimmed = (source: Source, ranges: readonly Range[]): Range[] => {
  const isSaid = (range: Range): boolean => !isBlank(source, range);
  const kept = ranges.slice(ranges.findIndex(isSaid), ranges.findLastIndex(isSaid) + 1);
  const [first, last] = [kept[0], kept.at(-1)];
  if (!first || !last || !isSaid(first)) return [];
  first.from += source.text.slice(first.from).search(/\S/);
  last.to = last.from + source.text.slice(last.from, last.to).trimEnd().length;
  return kept;
};

/** What a template says for the blocks of its layout: all that stands outside of them is the content. */
export const blocksOf = (source: Source, complain: Complain): Map<string, Block> => {
  const blocks = new Map<string, Block>();
  const rest: Range[] = [];
  let at = 0;
  for (const pair of pairsIn(source, complain)) {
    const { name, open, close } = pair;
    const spot = spotOf(source, open);
    if (blocks.has(name)) complain('invalid-block', spot, `block "${name}" stands twice in this template`);
    blocks.set(name, { ranges: [insideOf(source, pair)], spot });
    rest.push({ from: at, to: open.start });
    at = behind(source.text, close ?? open);
  }
  rest.push({ from: at, to: whole(source).to });
  const said = trimmed(source, rest);
  if (said.length === 0) return blocks;
  const named = blocks.get(content);
  if (named) complain('invalid-block', named.spot, 'what stands outside of blocks is the content already');
  return blocks.set(content, { ranges: said, spot: { source, offset: 0 } });
};
