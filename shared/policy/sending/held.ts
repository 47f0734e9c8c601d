import * as z from 'zod';
import { plural } from '#kernel/words';

export const heldSchema = z
  .object({
    reason: z.string(),
    count: z.number(),
    says: z.string().describe('How many, why, and what to do'),
    state: z
      .enum(['act', 'watch', 'wait'])
      .describe(
        'act: somebody has to do something; watch: somebody wanted it so; wait: they go by themselves',
      ),
  })
  .describe('Runs that are held at what they would do next, by the reason');
export type HeldBack = z.output<typeof heldSchema>;

type Told = Pick<HeldBack, 'state'> & { why: string };

const told: Readonly<Record<string, Told>> = {
  'quiet-hours': { state: 'wait', why: 'until the quiet hours end' },
  pace: { state: 'wait', why: "for their turn at the account's sending rate" },
  throttled: { state: 'wait', why: "for their turn at the account's sending rate" },
  paused: {
    state: 'watch',
    why: 'because all sending, or their journey, is paused: resume it when they may go',
  },
  'daily-quota': {
    state: 'act',
    why: "because the account's daily quota of SES is used up: they go tomorrow, or ask AWS for more (in the SES sandbox: for production access)",
  },
  'sending-paused': {
    state: 'act',
    why: 'because SES has paused sending for the account: its console says why, and how to answer',
  },
  'not-reached': {
    state: 'act',
    why: 'because SES, SNS or the server of a webhook cannot be reached: look at network, credentials and addresses; they are tried again',
  },
};

const channel = /^paused-(\w+)$/;

const tell = (reason: string): Told => {
  const [, only] = channel.exec(reason) ?? [];
  if (only !== undefined)
    return { state: 'watch', why: `because sending by ${only} is paused: resume it when they may go` };
  return told[reason] ?? { state: 'wait', why: `and tried again (${reason})` };
};

/** Most first. @param counts by reason; what is gone may have been counted before its coming was */
export const tellHeld = (counts: ReadonlyMap<string, number>): HeldBack[] =>
  [...counts]
    .filter(([, count]) => count > 0)
    .sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
    .map(([reason, count]) => {
      const { state, why } = tell(reason);
      return { reason, count, state, says: `${plural(count, 'run')} held ${why}` };
    });
