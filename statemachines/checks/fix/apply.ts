import { findNodeAtLocation, type Node, parseTree } from 'jsonc-parser';
import type { Edit } from './repair.ts';

interface Splice {
  offset: number;
  length: number;
  text: string;
}

/** The text with the edits made; everything else stays letter for letter. What is not found is left out. */
export const applyEdits = (text: string, edits: readonly Edit[]): string => {
  const root = parseTree(text);
  const splices = edits.flatMap((edit) => (root ? splicesOf(text, root, edit) : []));
  return splice(text, splices);
};

export const splice = (text: string, splices: readonly Splice[]): string => {
  let result = '';
  let at = 0;
  for (const { offset, length, text: put } of splices.toSorted((a, b) => a.offset - b.offset)) {
    if (offset < at) continue;
    result += text.slice(at, offset) + put;
    at = offset + length;
  }
  return result + text.slice(at);
};

const splicesOf = (text: string, root: Node, edit: Edit): Splice[] => {
  const node = findNodeAtLocation(root, [...edit.path]);
  if (!node) return [];
  if ('rename' in edit) {
    const key = node.parent?.type === 'property' ? node.parent.children?.[0] : undefined;
    return key ? [over(key, JSON.stringify(edit.rename))] : [];
  }
  if ('wrap' in edit) return [over(node, `[${text.slice(node.offset, node.offset + node.length)}]`)];
  return [over(node, JSON.stringify(edit.value))];
};

const over = ({ offset, length }: Node, text: string): Splice => ({ offset, length, text });
