import { type Node, parseTree } from 'jsonc-parser';
import { splice } from './apply.ts';
import type { Mended } from './syntax.ts';

/** A member that stands twice in an object with the very same value: the later one says nothing. */
export const withoutRepeats = (source: string): Mended => {
  const mended: Mended = { text: source, done: [] };
  for (let found = firstRepeat(mended.text); found; found = firstRepeat(mended.text)) {
    const { property, name } = found;
    const start = mended.text.slice(0, property.offset).trimEnd().length - 1;
    const length = property.offset + property.length - start;
    mended.done.push({ says: `removed the second "${name}", which said the same`, offset: property.offset });
    mended.text = splice(mended.text, [{ offset: start, length, text: '' }]);
  }
  return mended;
};

const firstRepeat = (text: string): { property: Node; name: string } | undefined => {
  const root = parseTree(text);
  return root && repeatIn(root, text);
};

const repeatIn = (node: Node, text: string): { property: Node; name: string } | undefined => {
  const seen = new Map<string, string>();
  for (const child of node.children ?? []) {
    const [key, value] = child.type === 'property' ? (child.children ?? []) : [undefined, child];
    if (!value) continue;
    const name = key?.value as string | undefined;
    const written = text.slice(value.offset, value.offset + value.length);
    if (name !== undefined && seen.get(name) === written) return { property: child, name };
    if (name !== undefined) seen.set(name, written);
    const inner = repeatIn(value, text);
    if (inner) return inner;
  }
  return undefined;
};
