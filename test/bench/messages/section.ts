import type { Found, Section, Tools } from '../section.ts';
import { channels, claimTable, measureClaims, type Units } from './claims.ts';
import { firstSendTable, lost, measureFirstSends, type Rounds, sendP99 } from './first-sends.ts';
import { measureRenders, type Renders, renderRatio, renderTable } from './renders.ts';
import { measureSends, type Sends, sendTable } from './sends.ts';

interface All {
  renders: Renders;
  sends: Sends;
  claims: [string, Units][];
  first: Rounds;
}

const goalsOf = ({ renders, sends, claims, first }: All): Found['goals'] => [
  {
    what: 'mails made, of what the libraries make as they come',
    ...{ measured: renderRatio(renders), comparison: 'at least', limit: 0.5, unit: '×' },
  },
  {
    what: `mails that did not go out once, of ${sends.count}`,
    ...{ measured: sends.wrong, comparison: 'at most', limit: 0, unit: '' },
  },
  {
    what: 'write units of the dearest claim',
    measured: Math.max(...claims.map(([, { claim }]) => claim)),
    ...{ comparison: 'at most', limit: 20, unit: '' },
  },
  {
    what: 'from the planned form post to its first mail, p99',
    ...{ measured: sendP99(first.ours), comparison: 'at most', limit: 1_000, unit: 'ms' },
  },
  {
    what: 'forms refused or without a mail',
    ...{ measured: lost(first.ours), comparison: 'at most', limit: 0, unit: '' },
  },
];

const run = async (tools: Tools): Promise<Found> => {
  const { folder, quick, progress } = tools;
  progress(0, 4, 'making mails');
  const renders = await measureRenders(quick ? 2 : 5, quick ? 0.3 : 1);
  progress(1, 4, 'sending them');
  const sends = await measureSends(folder, quick ? 100 : 2_000);
  progress(2, 4, `claims of ${channels.join(', ')}`);
  const claims = await measureClaims(quick ? 5 : 50);
  const first = await measureFirstSends(tools);
  return {
    tables: [renderTable(renders), sendTable(sends), claimTable(claims), firstSendTable(first)],
    goals: goalsOf({ renders, sends, claims, first }),
    notes: [
      'A mail counts from MJML that was compiled when it was uploaded; with its links signed and its MIME written.',
      'A claim is one transaction: consent, address, suppression, run, journey and caps checked, the send written down, the next wait begun.',
      'Transactions take two units where a plain write takes one; the rules of the units are those of the service.',
    ],
  };
};

export const messages: Section = { name: 'messages', title: 'messages made, claimed and sent', run };
