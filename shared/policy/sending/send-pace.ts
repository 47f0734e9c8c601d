import type { Run } from '#model/run';

/** How fast the account may mail just now, and until when its two lanes are taken. All times in milliseconds. */
export interface SendPace {
  /** Mails a second that the account is allowed, as SES says. */
  quota: number;
  /** Mails a second as of `slowedAt`. */
  rate: number;
  /** When SES last refused a mail for its rate. */
  slowedAt: number;
  freshAt: number;
  bulkAt: number;
}

/** `fresh`: somebody did something just now. `bulk`: a whole segment, a date, or a wait that ran out. */
export type Lane = 'fresh' | 'bulk';

const freshForMs = 15 * 60_000;

/** A receipt is as urgent as a lead. */
export const laneOf = (
  { trigger, startedAt }: Pick<Run, 'trigger' | 'startedAt'>,
  { class: kind, now }: { class: 'marketing' | 'transactional'; now: number },
): Lane => {
  if (kind === 'transactional') return 'fresh';
  const isOfMany = trigger.type === 'date' || trigger.id.startsWith('enroll-');
  return !isOfMany && now - Date.parse(startedAt) < freshForMs ? 'fresh' : 'bulk';
};

/** A third is left to leads, as it is of the starts of runs (`pace.ts`). */
const shares: Readonly<Record<Lane, number>> = { fresh: 1 / 3, bulk: 2 / 3 };
export const laneMember = { fresh: 'freshAt', bulk: 'bulkAt' } as const;

/** Nothing is paced until SES refuses a mail for its rate, nor when it has not for so long and nobody waits. */
const wakefulMs = 5 * 60_000;
export const isBusy = ({ slowedAt, freshAt, bulkAt }: SendPace, now: number): boolean =>
  now < Math.max(slowedAt + wakefulMs, freshAt, bulkAt);

const slowest = 0.5;
const recoveryMs = 60_000;

/** After a refusal a fifth less; within a minute all of it again. */
export const rateNow = ({ rate, quota, slowedAt }: SendPace, now: number): number =>
  Math.min(quota, rate + (quota - rate) * Math.min(1, Math.max(0, now - slowedAt) / recoveryMs));

export const slowed = (pace: SendPace | undefined, quota: number, now: number): SendPace => {
  const isPaced = pace !== undefined && isBusy(pace, now);
  const rate = isPaced ? Math.min(quota, rateNow(pace, now)) * 0.8 : quota;
  return {
    ...{ freshAt: 0, bulkAt: 0, ...pace },
    ...{ quota, rate: Math.max(slowest, rate), slowedAt: now },
  };
};

/** The time that one mail takes up in a lane. */
export const slotMs = (pace: SendPace, lane: Lane, now: number): number =>
  1000 / (rateNow(pace, now) * shares[lane]);

/** So long nobody used it: what leads leave unused is not lost. */
const idleMs = 1_000;

/**
 * In which lane a mail goes: a lead where it is sooner, bulk in its own or where no lead has come for a
 * while. Bulk never makes a queue in the lane of leads.
 */
export const chooseLane = ({ freshAt, bulkAt }: SendPace, wants: Lane, now: number): Lane => {
  if (wants === 'fresh') return freshAt <= Math.max(now, bulkAt) ? 'fresh' : 'bulk';
  return bulkAt > now && freshAt <= now - idleMs ? 'fresh' : 'bulk';
};
