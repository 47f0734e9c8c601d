import { mkdirSync, writeFileSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { clientsFolder } from '#infra/client-folder';
import { type Child, startChild } from '../../support/child.ts';
import { runScript } from '../process.ts';
import { median, rounded, type Table, type Tools } from '../section.ts';
import { folderWith, journeyOf, templateId } from './client.ts';
import type { FirstSends } from './form-to-send.ts';

export interface Rounds {
  perSecond: number;
  bare: FirstSends[];
  ours: FirstSends[];
}

const here = import.meta.dirname;

/** The sample client with one journey: a form, and at once a mail. @returns its folder */
const clientOnDisk = async (into: string): Promise<string> => {
  const folder = join(into, 'acme');
  await cp(join(clientsFolder, 'acme'), folder, {
    recursive: true,
    filter: (source) => !/\/(?:journeys|segments)$/.test(source),
  });
  const journey = journeyOf('bench', { form: 'demo-request' }, { type: 'email', template: templateId });
  const { client, journeys } = folderWith({ bench: journey });
  mkdirSync(join(folder, 'journeys'));
  writeFileSync(join(folder, 'client.json'), JSON.stringify(client));
  writeFileSync(join(folder, 'journeys', 'bench.journey.json'), journeys.bench!);
  return folder;
};

const ask = ({ url }: Child, perSecond: number, seconds: number, prefix: string): Promise<FirstSends> =>
  runScript<FirstSends>(join(here, 'form-to-send.ts'), [url, String(perSecond), String(seconds), prefix]);

/** Forms at planned times, on the real clock, in turn with a server that mails within the request. */
export const measureFirstSends = async ({ folder, quick, progress }: Tools): Promise<Rounds> => {
  const [rounds, perSecond, seconds] = quick ? [1, 10, 2] : [3, 10, 10];
  const data = join(folder, 'first-sends');
  mkdirSync(data, { recursive: true });
  const client = await clientOnDisk(data);
  const bare = await startChild(join(here, 'bare-mailer.ts'), [join(data, 'bare.sqlite')]);
  const world = await startChild(join(here, '../../../infra/cli/wayleaf.ts'), [
    ...['start', '--port', '0', '--clock', 'real', '--client', client, '--data', join(data, 'world')],
  ]);
  const found: Rounds = { perSecond, bare: [], ours: [] };
  try {
    for (let round = 0; round <= rounds; round++) {
      progress(round, rounds, round === 0 ? 'warming up' : 'forms, and their first mails');
      const length = round === 0 ? 1 : seconds;
      const [one, other] = [
        await ask(bare, perSecond, length, `bare-${round}`),
        await ask(world, perSecond, length, `ours-${round}`),
      ];
      if (round === 0) continue;
      found.bare.push(one);
      found.ours.push(other);
    }
    return found;
  } finally {
    await bare.kill('SIGKILL');
    await world.kill('SIGKILL');
  }
};

const middle = (rounds: readonly FirstSends[], pick: (found: FirstSends) => number): number =>
  median(rounds.map(pick));
export const sendP99 = (rounds: readonly FirstSends[]): number => middle(rounds, (found) => found.sendP99);
export const lost = (rounds: readonly FirstSends[]): number =>
  rounds.reduce((sum, { refused, unsent }) => sum + refused + unsent, 0);

const row = (name: string, rounds: readonly FirstSends[]) => [
  name,
  rounded(middle(rounds, ({ answerP99 }) => answerP99)),
  rounded(middle(rounds, (found) => found.sendP50)),
  rounded(sendP99(rounds)),
  lost(rounds),
];

export const firstSendTable = ({ perSecond, bare, ours }: Rounds): Table => ({
  title: `From a form post to its first mail, ${perSecond} forms a second at planned times, medians of ${ours.length} rounds in turn`,
  header: ['', 'answer p99 ms', 'mail p50 ms', 'mail p99 ms', 'refused or without mail'],
  rows: [row('a server that mails within the request', bare), row('wayleaf', ours)],
});
