import { useState } from 'react';
import { words } from '../words/words.ts';
import { Button } from './button.tsx';
import { Icon } from './icon.tsx';

export interface Pages {
  /** Of the page that is shown; undefined for the first. */
  cursor: string | undefined;
  number: number;
  forward(cursor: string): void;
  back(): void;
  first(): void;
}

/** The API leads forward only; the way back is remembered. */
export const usePages = (): Pages => {
  const [cursors, set] = useState<readonly string[]>([]);
  return {
    cursor: cursors.at(-1),
    number: cursors.length + 1,
    forward: (cursor) => set([...cursors, cursor]),
    back: () => set(cursors.slice(0, -1)),
    first: () => set([]),
  };
};

/** Nothing where all of it is in sight. */
export const Pager = ({ pages, next }: { pages: Pages; next: string | null | undefined }) => {
  if (pages.number === 1 && !next) return null;
  return (
    <div className="pager">
      <Button tone="plain" disabled={pages.number === 1} onClick={pages.back}>
        <Icon name="back" />
        {words.common.previous}
      </Button>
      <span role="status">{words.common.page(pages.number)}</span>
      <Button tone="plain" disabled={!next} onClick={() => next && pages.forward(next)}>
        {words.common.next}
        <Icon name="forward" />
      </Button>
    </div>
  );
};
