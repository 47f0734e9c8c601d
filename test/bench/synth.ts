import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { bundlesFolder } from '#infra/aws/bundle';
import { makeClients, threeClients } from '#test/builders/three-clients';
import { type Found, rounded, type Section } from './section.ts';

const script = join(import.meta.dirname, 'synth-process.ts');
const seconds = (what: string): number => {
  const printed = execFileSync(process.execPath, [script, what], { encoding: 'utf8' });
  return JSON.parse(printed.trim().split('\n').at(-1)!) / 1000;
};

const synthesised = (clients: Readonly<Record<string, object>>): number => {
  const root = makeClients(clients);
  try {
    return seconds(root);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
};

const limitSeconds = 60;
/** Code is made once for all, and rules are loaded once: two clients more cost less than one alone. */
const limitRatio = 3;

const run = (): Found => {
  const { acme = {} } = threeClients;
  rmSync(bundlesFolder, { recursive: true, force: true });
  const bundles = seconds('bundles');
  const one = synthesised({ acme });
  const three = synthesised(threeClients);
  const share = (part: number): string => `${Math.round((100 * part) / (bundles + three))} %`;
  return {
    tables: [
      {
        title: 'cdk synth, with every rule of cdk-nag and of AWS',
        header: ['', 'seconds', 'share of the first'],
        rows: [
          ['bundles of all functions, none known', rounded(bundles), share(bundles)],
          ['one client, bundles known', rounded(one), ''],
          ['three clients, bundles known', rounded(three), share(three)],
        ],
      },
    ],
    goals: [
      {
        what: 'three clients from nothing',
        measured: bundles + three,
        comparison: 'at most',
        limit: limitSeconds,
        unit: 's',
      },
      {
        what: 'three clients to one',
        measured: three / one,
        comparison: 'at most',
        limit: limitRatio,
        unit: '',
      },
    ],
    notes: ['Bundles are kept between runs, each until something changes that it is made of.'],
  };
};

export const synth: Section = {
  name: 'synth',
  title: 'From the folders of three differing clients to their templates',
  run: async () => run(),
};
