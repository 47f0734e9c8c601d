let text: string | undefined;

/** What was dropped on one page and is opened on another; not in the address, which history keeps. */
export const draftOnTheWay = {
  put(dropped: string): void {
    text = dropped;
  },
  take(): string | undefined {
    const taken = text;
    text = undefined;
    return taken;
  },
};
