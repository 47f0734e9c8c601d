/** The tables were put back as they were at `from`, at the time `at`; both ISO. */
export interface Restored {
  from: string;
  at: string;
}

/**
 * What was stored, or fell due, before the tables were put back: the lost world may have answered it with a
 * message, however late this one comes to it.
 */
export const isOfLostTime = (restored: Restored | undefined, at: string): boolean =>
  restored !== undefined && at <= restored.at;

interface Begun {
  startedAt: string;
  depth?: number | undefined;
  trigger: { type: string };
}

/** What somebody outside did; all else the world may be doing again. */
const fromOutside: ReadonlySet<string> = new Set([
  ...['track', 'identify', 'page', 'screen', 'group', 'alias', 'form'],
]);

/**
 * May this message have been sent by the world that was lost? A run that goes on from `from` does what it did
 * then, later by at most as long as the backup was old: whatever it comes to after twice that time is new.
 * Runs that began since by something from outside are new from the first.
 */
export const mayHaveBeenSent = (restored: Restored | undefined, run: Begun, now: number): boolean => {
  if (!restored) return false;
  const [from, at] = [Date.parse(restored.from), Date.parse(restored.at)];
  if (now >= at + (at - from)) return false;
  const isNew =
    Date.parse(run.startedAt) >= at && (run.depth ?? 0) === 0 && fromOutside.has(run.trigger.type);
  return !isNew;
};
