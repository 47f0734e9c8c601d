/** What became of a journey's mails. `bounced`: for good. */
export interface Tally {
  delivered: number;
  bounced: number;
  complained: number;
}

export interface Bounds {
  bounceRate: number;
  complaintRate: number;
  atLeast: number;
}

export type Trip = 'bounce-rate' | 'complaint-rate';

/** Fewer are chance, or one cross reader. */
const fewestBounces = 5;
const fewestComplaints = 3;

export const since = (now: Tally, before: Tally): Tally => ({
  delivered: now.delivered - before.delivered,
  bounced: now.bounced - before.bounced,
  complained: now.complained - before.complained,
});

/** Mails whose fate is known: so many were answered by a mailbox. */
export const answered = ({ delivered, bounced }: Tally): number => delivered + bounced;

/** Must a journey with this tally stop? SES itself reviews an account at 5 % bounces or 0.1 % complaints. */
export const tripOf = (tally: Tally, { bounceRate, complaintRate, atLeast }: Bounds): Trip | undefined => {
  const all = answered(tally);
  if (all < atLeast) return undefined;
  if (tally.bounced >= fewestBounces && tally.bounced / all > bounceRate) return 'bounce-rate';
  return tally.complained >= fewestComplaints && tally.complained / all > complaintRate
    ? 'complaint-rate'
    : undefined;
};

/** Where the window began: rates are those of the last one to two days. */
export interface Window {
  begunAt: number;
  base: Tally;
  /** Of the day before. */
  former: Tally;
}

const day = 86_400_000;

export const moved = (window: Window | undefined, tally: Tally, now: number): Window => {
  // What came before the first look belongs to it: a journey that began a minute ago.
  if (!window) return { begunAt: now, base: tally, former: { delivered: 0, bounced: 0, complained: 0 } };
  return now - window.begunAt < day ? window : { begunAt: now, base: tally, former: window.base };
};
