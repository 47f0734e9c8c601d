/** What became of a part of the tree, in pictures that compare two of them. */
export interface Mark {
  kind: 'added' | 'removed' | 'changed' | 'moved';
  /** What changed, in words on the card. */
  says?: readonly string[];
}

/** A sign, a word and a form each, so that nobody needs the colours. */
export const markWords: Readonly<Record<Mark['kind'], string>> = {
  added: '+ new',
  removed: '− gone',
  changed: '≠ changed',
  moved: '↕ moved',
};
