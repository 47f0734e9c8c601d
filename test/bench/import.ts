import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startChild } from '../support/child.ts';
import { openClient } from './open-client.ts';
import { type Found, rounded, type Section, type Tools } from './section.ts';

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

const importFile = (file: string, url: string, data: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const args = [wayleaf, 'contacts', 'import', file, '--again', '--url', url, '--data', data];
    execFile(process.execPath, args, (error, _out, err) =>
      error ? reject(new Error(`the import failed: ${err}`)) : resolve(),
    );
  });

const run = async ({ folder, quick, progress }: Tools): Promise<Found> => {
  const rows = quick ? 500 : 20_000;
  const data = join(folder, 'import');
  const file = fileOf(folder, rows);
  const world = await startChild(wayleaf, [
    ...['start', '--port', '0', '--clock', 'real', '--client', openClient(folder), '--data', data],
  ]);
  try {
    const times: number[] = [];
    for (const [i, what] of ['new contacts', 'the same file again'].entries()) {
      progress(i, 2, what);
      const start = performance.now();
      await importFile(file, world.url, data);
      times.push((performance.now() - start) / 1000);
    }
    return {
      tables: [
        {
          title: `${rows} rows through "wayleaf contacts import", until the last has its result`,
          header: ['', 'rows per second'],
          rows: [
            ['new contacts', rounded(rows / times[0]!)],
            ['the same file again', rounded(rows / times[1]!)],
          ],
        },
      ],
      goals: [],
      notes: [],
    };
  } finally {
    await world.kill('SIGKILL');
  }
};

export const importing: Section = { name: 'import', title: 'Contacts from a file', run };
