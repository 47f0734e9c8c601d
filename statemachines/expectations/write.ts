import type { Simulation } from '#model/simulation';
import type { Plan } from '../compile/plan.ts';
import { leavesReached } from './leaves.ts';
import type { Expected } from './schema.ts';
import { type TimeFrame, writeTime } from './times.ts';

/** What happened, as an expectation of it. */
export const expectationOf = (
  { sends, skipped, ended, timeline }: Simulation,
  { plan, ...frame }: TimeFrame & { plan: Plan },
): Expected => {
  const time = (at: string): string => writeTime(Date.parse(at), frame);
  return {
    messages: sends.map(({ at, step, subject }) => ({
      at: time(at),
      step,
      ...(subject === undefined ? {} : { subject }),
    })),
    ...(skipped.length > 0 && {
      skipped: skipped.map(({ at, step, reason }) => ({ at: time(at), step, reason })),
    }),
    ended: {
      how: ended.how as NonNullable<NonNullable<Expected['ended']>['how']>,
      ...(ended.as !== null && { as: ended.as }),
    },
    leaves: leavesReached(plan, { timeline, ended }),
  };
};
