import { type ReactNode, useState } from 'react';
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
    // Pressed twice before the page is there, the button still leads to that one.
    forward: (cursor) => set((before) => (before.at(-1) === cursor ? before : [...before, cursor])),
    back: () => set((before) => before.slice(0, -1)),
    first: () => set([]),
  };
};

/** Nothing where all of it is in sight. A button that leads nowhere keeps the focus, so that keys go on from there. */
export const Pager = ({ pages, next }: { pages: Pages; next: string | null | undefined }) => {
  if (pages.number === 1 && !next) return null;
  return (
    <div className="pager">
      <Button tone="plain" aria-disabled={pages.number === 1} onClick={pages.back}>
        <Icon name="back" />
        {words.common.previous}
      </Button>
      <span role="status">{words.common.page(pages.number)}</span>
      <Button tone="plain" aria-disabled={!next} onClick={() => next && pages.forward(next)}>
        {words.common.next}
        <Icon name="forward" />
      </Button>
    </div>
  );
};

export interface InPagesProps<T> {
  all: readonly T[];
  children(some: readonly T[]): ReactNode;
}

const perPage = 200;

/** Of what came all at once, so much as a page draws quickly. */
export const InPages = <T,>({ all, children }: InPagesProps<T>) => {
  const [wanted, set] = useState(1);
  // Who searches meanwhile may leave fewer pages.
  const number = Math.min(wanted, Math.max(1, Math.ceil(all.length / perPage)));
  const pages = {
    ...{ number, cursor: undefined },
    forward: () => set(number + 1),
    back: () => set(Math.max(1, number - 1)),
    first: () => set(1),
  };
  const isLast = number * perPage >= all.length;
  return (
    <>
      {children(all.slice((number - 1) * perPage, number * perPage))}
      <Pager pages={pages} next={isLast ? undefined : String(number + 1)} />
    </>
  );
};
