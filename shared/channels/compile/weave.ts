/** A text as its author wrote it, and where it stands. */
export interface Source {
  /** The document it belongs to: empty is the template itself, else `layouts/ID` or `partials/ID`. */
  document: string;
  /** JSON Pointer to it in that document. */
  path: string;
  text: string;
}

/** A place in a source. */
export interface Spot {
  source: Source;
  offset: number;
}

interface Piece extends Spot {
  at: number;
  /** Copied letter by letter; else all of it stands for one place. */
  isCopy: boolean;
}

/** A text put together from sources, which still knows where each letter was written. */
export class Weave {
  text = '';
  readonly #pieces: Piece[] = [];

  copy(source: Source, from: number, to: number): void {
    if (from < to) this.#add(source.text.slice(from, to), { source, offset: from }, true);
  }

  /** What stands in no source: it is blamed on `spot`. */
  write(text: string, spot: Spot): void {
    if (text !== '') this.#add(text, spot, false);
  }

  /** Blanks at the end. */
  trimEnd(): void {
    this.text = this.text.trimEnd();
    while ((this.#pieces.at(-1)?.at ?? -1) >= this.text.length) this.#pieces.pop();
  }

  spotAt(at: number): Spot | undefined {
    const piece = this.#pieces.findLast((each) => each.at <= at);
    return piece && { source: piece.source, offset: piece.offset + (piece.isCopy ? at - piece.at : 0) };
  }

  #add(text: string, { source, offset }: Spot, isCopy: boolean): void {
    this.#pieces.push({ source, offset, at: this.text.length, isCopy });
    this.text += text;
  }
}

/** 1-based. */
export const positionOf = ({ source, offset }: Spot): { line: number; column: number } => {
  const before = source.text.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1) ?? '').length + 1 };
};
