import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../browser/chromium.ts';
import { type Child, startChild } from '../support/child.ts';
import { openClient } from './open-client.ts';
import { type Found, rounded, type Section, type Tools } from './section.ts';

const wayleaf = join(import.meta.dirname, '../../infra/cli/wayleaf.ts');

/** What somebody came for is in sight. */
const pages: Readonly<Record<string, string>> = {
  '/': '.figure-value',
  '/journeys': 'table td',
  '/journeys/demo-follow-up': '.react-flow__node-card',
  '/templates': 'table td',
  '/forms': 'table td',
  '/contacts': 'table td',
  '/contacts/{id}': '.timeline-entry',
  '/contacts/{id}/data': '.field-row',
  '/segments': 'table td',
  '/segments/large': 'table td',
  '/tasks': '.empty',
  '/quarantine': '.empty',
  '/settings': '.facts',
  '/audit': 'table td',
};

interface Opened {
  world: Child;
  token: string;
  ask<T>(path: string): Promise<T>;
}

const open = async (folder: string, name: string): Promise<Opened> => {
  const client = openClient(join(folder, `client-${name}`));
  const segment = { name: 'Large companies', if: { contact: 'companySize', atLeast: 50 } };
  writeFileSync(join(client, 'segments/large.json'), JSON.stringify(segment));
  const data = join(folder, name);
  const world = await startChild(wayleaf, [
    ...['start', '--port', '0', '--clock', 'real', '--client', client, '--data', data],
  ]);
  const token = readFileSync(join(data, 'admin-token'), 'utf8').trim();
  const headers = { authorization: `Bearer ${token}` };
  const ask = async <T>(path: string): Promise<T> =>
    (await fetch(world.url + path, { headers })).json() as Promise<T>;
  return { world, token, ask };
};

const fill = async ({ world, ask }: Opened, folder: string, name: string, many: number): Promise<void> => {
  const file = join(folder, `${name}.csv`);
  const rows = Array.from({ length: many }, (_, i) => `person-${i}@example.com,Ada ${i},${i % 100}`);
  writeFileSync(file, `${['email,firstName,companySize', ...rows].join('\n')}\n`);
  const args = [wayleaf, 'contacts', 'import', file, '--url', world.url, '--data', join(folder, name)];
  await promisify(execFile)(process.execPath, args);
  // Segments and figures come after.
  const until = Date.now() + 90_000;
  while ((await ask<{ members: number }>('/v1/segments/large/count')).members < many / 2)
    if (Date.now() > until) throw new Error('The segment was not counted within 90 seconds.');
    else await sleep(500);
};

const signIn = async (browser: Browser, { world, token }: Opened): Promise<Page> => {
  const page = await browser.newPage({ viewport: { width: 1280, height: 860 } });
  await page.goto(world.url);
  await page.getByLabel('Token', { exact: true }).fill(token);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor();
  return page;
};

const times = 5;

/** From the address until what one came for is painted, of a browser that has the files. */
const timePage = async (page: Page, url: string, there: string): Promise<number> => {
  const took: number[] = [];
  for (let i = 0; i <= times; i++) {
    const start = performance.now();
    await page.goto(url, { waitUntil: 'commit' });
    await page
      .locator(there)
      .first()
      .waitFor()
      .catch((cause: unknown) => {
        throw new Error(`${url} does not show ${there}`, { cause });
      });
    took.push(performance.now() - start);
  }
  return Math.min(...took.slice(1));
};

const measure = async (browser: Browser, folder: string, many: number): Promise<Map<string, number>> => {
  const name = `contacts-${many}`;
  const opened = await open(folder, name);
  try {
    await fill(opened, folder, name, many);
    const { contacts } = await opened.ask<{ contacts: { id: string }[] }>('/v1/contacts?limit=1');
    const page = await signIn(browser, opened);
    const found = new Map<string, number>();
    for (const [path, there] of Object.entries(pages)) {
      const url = opened.world.url + path.replace('{id}', contacts[0]!.id);
      found.set(path, await timePage(page, url, there));
    }
    await page.close();
    return found;
  } finally {
    await opened.world.kill('SIGKILL');
  }
};

const run = async ({ folder, quick, progress }: Tools): Promise<Found> => {
  const [few, many] = quick ? [100, 1_000] : [100, 100_000];
  const browser = await launchBrowser();
  try {
    progress(0, 2, `${few} contacts`);
    const small = await measure(browser, folder, few);
    progress(1, 2, `${many} contacts`);
    const large = await measure(browser, folder, many);
    const rows = [...small].map(([path, ms]) => ({ path, ms, slow: large.get(path)! }));
    return {
      tables: [
        {
          title: 'From the address to what one came for, in Chromium (quickest of 5)',
          header: ['page', `ms with ${few} contacts`, `ms with ${many}`, 'ratio'],
          rows: rows.map(({ path, ms, slow }) => [path, rounded(ms), rounded(slow), rounded(slow / ms)]),
        },
      ],
      goals: [
        {
          what: `the page that ${many} contacts slow most, beside ${few} contacts`,
          ...{ measured: Math.max(...rows.map(({ ms, slow }) => slow / ms)), comparison: 'at most' },
          ...{ limit: 1.5, unit: 'times' },
        },
        {
          what: `the slowest page with ${many} contacts`,
          ...{ measured: Math.max(...rows.map(({ slow }) => slow)), comparison: 'at most' },
          ...{ limit: 1_000, unit: 'ms' },
        },
      ],
      notes: [
        'Each page is loaded anew, token checked and all; the browser has the files from the time before.',
      ],
    };
  } finally {
    await browser.close();
  }
};

export const consolePages: Section = { name: 'console', title: 'Pages of the console', run };
