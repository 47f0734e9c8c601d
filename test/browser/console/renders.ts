import type { Page } from 'playwright-core';

/** What React did since it was last asked. */
export interface Renders {
  /** Times that anything at all was drawn. */
  commits: number;
  /** Pieces of the journey that stood there and were made anew. */
  piecesAgain: number;
}

/** The members of React's own nodes that its developer tools read, too; of a production build as well. */
interface Fiber {
  alternate: Fiber | null;
  child: Fiber | null;
  sibling: Fiber | null;
  flags: number;
  type: unknown;
  memoizedProps: { className?: unknown } | null;
}

/** Counts from the next document on, through the hook that React offers to its developer tools. */
export const watchRenders = (page: Page): Promise<unknown> =>
  page.addInitScript(() => {
    const renders: Renders = { commits: 0, piecesAgain: 0 };
    const performedWork = 1;
    const isPiece = ({ child }: Fiber): boolean => {
      const name = child && typeof child.type === 'string' && child.memoizedProps?.className;
      return typeof name === 'string' && /^flow-(card|chip|root|count|end|ways)$/.test(name);
    };
    const look = (first: Fiber | null): void => {
      for (let fiber = first; fiber; fiber = fiber.sibling) {
        const { alternate, child, flags, type } = fiber;
        const worked = alternate !== null && typeof type !== 'string' && (flags & performedWork) !== 0;
        if (worked && isPiece(fiber)) renders.piecesAgain++;
        // Nothing below was touched where the children are the same objects.
        if (child !== alternate?.child) look(child);
      }
    };
    Object.assign(window, {
      renders,
      __REACT_DEVTOOLS_GLOBAL_HOOK__: {
        supportsFiber: true,
        inject: () => 1,
        checkDCE: () => {},
        onCommitFiberRoot: (_: number, { current }: { current: Fiber }) => {
          renders.commits++;
          if (current.child !== current.alternate?.child) look(current.child);
        },
        onCommitFiberUnmount: () => {},
        onPostCommitFiberRoot: () => {},
      },
    });
  });

/** @returns what was counted since the last time, and begins anew */
export const takeRenders = (page: Page): Promise<Renders> =>
  page.evaluate(() => {
    const { renders } = window as unknown as { renders: Renders };
    const taken = { ...renders };
    Object.assign(renders, { commits: 0, piecesAgain: 0 });
    return taken;
  });
