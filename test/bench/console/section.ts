import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../../browser/chromium.ts';
import { runScript } from '../process.ts';
import { type Found, type Goal, rounded, type Section, type Table, type Tools } from '../section.ts';
import { type Interactive, timeInteractive } from './interactive.ts';
import { type Timed, timePages } from './pages.ts';
import { large, panLarge } from './pan.ts';
import { type Opened, openWorld } from './worlds.ts';

const reader = join(import.meta.dirname, 'reads-process.ts');

/** A few milliseconds are no slower page, whatever their ratio: a frame and a half of the sixty in a second. */
const noticedMs = 25;

const openWorlds = async ({ folder, quick, progress }: Tools): Promise<Opened[]> => {
  const amounts = quick ? [100, 1_000] : [100, 100_000];
  const worlds: Opened[] = [];
  for (const contacts of amounts)
    worlds.push(
      await openWorld({
        ...{ folder, contacts },
        tell: (done) => progress(done, contacts, `of ${contacts} contacts`),
      }),
    );
  return worlds;
};

/** Read units of what each page asks, of each world. */
const readsOf = async ({ folder }: Tools, worlds: readonly Opened[], pages: readonly Timed[]) => {
  const found: number[][] = [];
  for (const [i, { data, client, contacts }] of worlds.entries()) {
    const file = join(folder, `asked-${contacts}.json`);
    writeFileSync(file, JSON.stringify(pages.map(({ asked }) => asked[i])));
    found.push(await runScript<number[]>(reader, [data, client, file]));
  }
  return found;
};

interface Measured {
  worlds: readonly Opened[];
  pages: readonly Timed[];
  interactive: readonly Interactive[];
  panned: Awaited<ReturnType<typeof panLarge>>;
}

const measure = async (browser: Browser, tools: Tools, worlds: readonly Opened[]): Promise<Measured> => {
  for (const { put } of worlds) await put('/v1/journeys/large', large());
  const pages = await timePages(browser, worlds, tools.progress);
  tools.progress(0, 2, 'a first press');
  const interactive = await timeInteractive(browser, worlds.at(-1)!);
  tools.progress(1, 2, 'a journey of 300 steps');
  return { worlds, pages, interactive, panned: await panLarge(browser, worlds[0]!) };
};

const run = async (tools: Tools): Promise<Found> => {
  const worlds = await openWorlds(tools);
  const browser = await launchBrowser();
  const stopWorlds = () => Promise.all(worlds.map(({ process: child }) => child.kill('SIGTERM')));
  try {
    const measured = await measure(browser, tools, worlds);
    await stopWorlds();
    return tell(measured, await readsOf(tools, worlds, measured.pages));
  } finally {
    await stopWorlds();
    await browser.close();
  }
};

const slowing = ([few = 0, many = 0]: readonly number[]): number =>
  many - few <= noticedMs ? Math.min(1, many / few) : many / few;

const pagesTable = ({ worlds, pages }: Measured, [few = [], many = []]: number[][]): Table => ({
  title: 'From the address until what one came for is drawn, in Chromium (median of 5, worlds in turn)',
  header: [
    'page',
    ...worlds.map(({ contacts }) => `ms with ${contacts} contacts`),
    'ratio',
    ...worlds.map(({ contacts }) => `first time with ${contacts}`),
    ...worlds.map(({ contacts }) => `read units with ${contacts}`),
  ],
  rows: pages.map(({ what, ms, first }, i) => [
    ...[what, ...ms.map(rounded), rounded(ms.at(-1)! / ms[0]!), ...first.map(rounded)],
    ...[rounded(few[i] ?? 0), rounded(many[i] ?? 0)],
  ]),
});

const interactiveTable = (rows: readonly Interactive[]): Table => ({
  title: 'From the address until the frame that answers a press of the mouse (median of 5)',
  header: ['', 'ms, nothing in the cache', 'ms, files in the cache'],
  rows: rows.map(({ what, cold, warm }) => [what, rounded(cold), rounded(warm)]),
});

const quantile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.ceil(share * values.length) - 1] ?? Number.NaN;

const panTable = ({ journey, bare }: Measured['panned']): Table => ({
  title: 'Frames while it is panned by the wheel, in turn with a page that moves one element by a transform',
  header: ['', 'frames', 'median ms', '95th percentile', 'longest', 'tasks over 50 ms'],
  rows: Object.entries({ 'journey of 300 steps': journey, 'bare page': bare }).map(
    ([name, { frames, longTasks }]) => [
      ...[name, frames.length, rounded(quantile(frames, 0.5)), rounded(quantile(frames, 0.95))],
      ...[rounded(Math.max(...frames)), longTasks.length],
    ],
  ),
});

const atMost = (what: string, measured: number, limit: number, unit: string): Goal => ({
  ...{ what, measured, comparison: 'at most', limit, unit },
});

const goalsOf = ({ worlds, pages, interactive, panned: { journey, bare } }: Measured, reads: number[][]) => {
  const many = worlds.at(-1)!.contacts;
  const [few = [], more = []] = reads;
  return [
    atMost(
      `the page that ${many} contacts slow most, where it is more than ${noticedMs} ms`,
      Math.max(...pages.map(({ ms }) => slowing(ms))),
      ...([1.5, 'times'] as const),
    ),
    atMost(
      `the slowest page with ${many} contacts, but for the forecast`,
      Math.max(...pages.filter(({ isWorkedOut }) => !isWorkedOut).map(({ ms }) => ms.at(-1)!)),
      ...([1_000, 'ms'] as const),
    ),
    atMost(
      `read units of the page that ${many} contacts make dearest, above those of ${worlds[0]!.contacts}`,
      Math.max(...more.map((units, i) => units - (few[i] ?? 0))),
      ...([1_000, 'units'] as const),
    ),
    atMost(
      'layout shift of the page of which most moves by itself while it loads',
      Math.max(...pages.map(({ moved }) => moved)),
      ...([0.01, ''] as const),
    ),
    ...interactive.map(({ what, cold }) => atMost(`answers a press: ${what}`, cold, 1_000, 'ms')),
    atMost(
      'the 95th percentile of a frame while 300 steps are panned, beside a bare page',
      quantile(journey.frames, 0.95) / quantile(bare.frames, 0.95),
      ...([1.5, 'times'] as const),
    ),
    atMost('tasks over 50 ms while 300 steps are panned', journey.longTasks.length, 0, ''),
    atMost('pieces in sight that panning makes anew', journey.piecesAgain, 0, ''),
  ];
};

const tell = (measured: Measured, reads: number[][]): Found => ({
  tables: [pagesTable(measured, reads), interactiveTable(measured.interactive), panTable(measured.panned)],
  goals: goalsOf(measured, reads),
  notes: [
    'Each page is loaded anew, token checked and all; the browser has the files from the time before.',
    'A forecast walks 10,000 imagined people through the journey before its page shows anything of it.',
    'Read units are those of all that the page asks, once, in a world where nothing else reads.',
  ],
});

export const consolePages: Section = { name: 'console', title: 'Pages of the console', run };
