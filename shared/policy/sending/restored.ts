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

const dayMs = 86_400_000;
/** Nobody waits for ever for a proof. */
const longestDoubtMs = 60 * dayMs;

/**
 * May this message have been sent by the world that was lost? Time alone does not tell: that world may have heard
 * the event that this one hears only now, or have come in time for the Monday that this one missed. What both
 * waited is what the journey says by length. A run that waited longer since the backup than that world lived has
 * come to what is new; so are runs that began since by something from outside, and those that began by a date or
 * an enrolment when the lost time was made up for.
 * @param waitedMs how long the run waited since the backup, by lengths that the journey says
 */
export const mayHaveBeenSent = (
  restored: Restored | undefined,
  run: Begun,
  { now, waitedMs }: { now: number; waitedMs: number },
): boolean => {
  if (!restored) return false;
  const [from, at] = [Date.parse(restored.from), Date.parse(restored.at)];
  const [lost, begun] = [at - from, Date.parse(run.startedAt)];
  if (waitedMs > lost || now >= at + lost + longestDoubtMs) return false;
  if ((run.depth ?? 0) > 0) return true;
  const isNew = begun >= at && (fromOutside.has(run.trigger.type) || begun >= at + lost);
  return !isNew;
};
