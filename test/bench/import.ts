import { type ChildProcess, execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startChild } from '../support/child.ts';
import { openClient } from './open-client.ts';
import { type Found, rounded, type Section, type Table, type Tools } from './section.ts';

const wayleaf = join(import.meta.dirname, '../../infra/cli/wayleaf.ts');

const fileOf = (folder: string, rows: number): string => {
  const file = join(folder, 'contacts.csv');
  const lines = Array.from(
    { length: rows },
    (_, i) => `person-${i}@example.com,Ada ${i},${i % 500},${i % 3 === 0 ? 'pro' : 'free'}`,
  );
  writeFileSync(file, `${['email,firstName,companySize,plan', ...lines].join('\n')}\n`);
  return file;
};

/** Resident memory at its highest, in MB; only Linux tells of another process. */
const peakOf = ({ pid }: ChildProcess): number => {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1]) / 1024;
  } catch {
    return Number.NaN;
  }
};

interface Imported {
  rowsPerSecond: number;
  peakMegabytes: number;
}

const importFile = (file: string, rows: number, url: string, data: string): Promise<Imported> =>
  new Promise((resolve, reject) => {
    const args = [wayleaf, 'contacts', 'import', file, '--again', '--url', url, '--data', data];
    const start = performance.now();
    let peakMegabytes = Number.NaN;
    const child = execFile(process.execPath, args, (error, _out, err) => {
      clearInterval(looking);
      const seconds = (performance.now() - start) / 1000;
      if (error) reject(new Error(`the import failed: ${err}`));
      else resolve({ rowsPerSecond: rows / seconds, peakMegabytes });
    });
    const looking = setInterval(() => {
      const peak = peakOf(child);
      if (peak > 0) peakMegabytes = peak;
    }, 200);
  });

const amounts = (quick: boolean) => (quick ? { many: 500, some: 100 } : { many: 100_000, some: 20_000 });

const run = async ({ folder, quick, progress }: Tools): Promise<Found> => {
  const { many, some } = amounts(quick);
  const data = join(folder, 'import');
  const world = await startChild(wayleaf, [
    ...['start', '--port', '0', '--clock', 'real', '--client', openClient(folder), '--data', data],
  ]);
  try {
    const idle = peakOf(world.process);
    progress(0, 2, `${many} new contacts`);
    const first = await importFile(fileOf(folder, many), many, world.url, data);
    const peak = peakOf(world.process);
    progress(1, 2, `${some} of them again`);
    const again = await importFile(fileOf(folder, some), some, world.url, data);
    return {
      tables: [speed({ many, some, first, again }), memory({ idle, peak, command: first.peakMegabytes })],
      goals: [
        {
          what: `memory of the world that takes ${many} rows, at its highest (RSS)`,
          ...{ measured: peak, comparison: 'at most', limit: 256, unit: 'MB' },
        },
        {
          what: `memory of the command that sends ${many} rows, at its highest (RSS)`,
          ...{ measured: first.peakMegabytes, comparison: 'at most', limit: 256, unit: 'MB' },
        },
      ],
      notes: [],
    };
  } finally {
    await world.kill('SIGKILL');
  }
};

interface Speeds {
  many: number;
  some: number;
  first: Imported;
  again: Imported;
}

const speed = ({ many, some, first, again }: Speeds): Table => ({
  title: 'Rows through "wayleaf contacts import", until the last has its result',
  header: ['', 'rows', 'rows per second'],
  rows: [
    ['new contacts', many, rounded(first.rowsPerSecond)],
    ['contacts that are there', some, rounded(again.rowsPerSecond)],
  ],
});

const memory = ({ idle, peak, command }: Record<'idle' | 'peak' | 'command', number>): Table => ({
  title: 'Memory of each process at its highest (VmHWM)',
  header: ['', 'MB'],
  rows: [
    ['"wayleaf start" before the import', rounded(idle)],
    ['"wayleaf start" after it', rounded(peak)],
    ['"wayleaf contacts import"', rounded(command)],
  ],
});

export const importing: Section = { name: 'import', title: 'Contacts from a file', run };
