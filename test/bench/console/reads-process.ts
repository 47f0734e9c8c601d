/**
 * What the tables read for each page of the console, in a kept world whose clock stands still, so that nothing else
 * reads: `node reads-process.ts DATA CLIENT FILE` takes what each page asks out of a JSON file and prints the read
 * units of each as one line of JSON.
 */
import { readFileSync } from 'node:fs';
import { createWorld } from '#infra/local/world';
import type { Asked } from './pages.ts';

const [data = '', client = '', file = ''] = process.argv.slice(2);
const pages = JSON.parse(readFileSync(file, 'utf8')) as Asked[][];
const world = await createWorld({ data, client, clock: 'virtual' });
const authorization = `Bearer ${world.adminToken}`;

const readUnits = (): number =>
  Object.values(world.usage().tables.tables).reduce((sum, units) => sum + units.readUnits, 0);

const ask = async ({ method, path, body }: Asked): Promise<void> => {
  const headers = { authorization, ...(body === undefined ? {} : { 'content-type': 'application/json' }) };
  const { status, text } = await world.http({ method, path, headers, body } as never);
  // A journey that was never published has no report, and says so.
  if (status >= 400 && status !== 409) throw new Error(`${method} ${path} ${status} ${text}`);
};

// What is read once and kept is no page's.
await ask({ method: 'GET', path: '/v1/me' });
const units: number[] = [];
for (const page of pages) {
  const before = readUnits();
  for (const asked of page) await ask(asked);
  units.push(readUnits() - before);
}
await world.close();
console.log(JSON.stringify(units));
process.exit(0);
