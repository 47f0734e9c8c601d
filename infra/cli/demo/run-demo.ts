import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { countSegments } from '#channels/sms/segments';
import type { Report } from '#functions/reports/read-report/report';
import { checkDocument } from '#statemachines/checks/check';
import { countsOf } from '#statemachines/picture/counts';
import { drawPicture } from '#statemachines/picture/picture';
import { readClientFolder } from '../../client-folder.ts';
import { createWorld, type World } from '../../local/world.ts';
import { manifest } from '../../manifest.ts';
import { costOf, type Usage } from '../../prices.ts';
import { computeUsage } from '../../usage.ts';
import { call } from '../api.ts';
import { Failure } from '../failure.ts';
import { createProgress } from '../output/progress.ts';
import { formatTable, unitWords } from '../output/table.ts';
import { formatTimeline, inOrder } from '../output/timeline.ts';
import { leaveMessages } from './leave.ts';
import { demoPage } from './page.ts';
import { emailOf, type Person, people } from './people.ts';
import { play } from './play.ts';
import { shortfalls } from './shortfalls.ts';
import { createVisitor, type OutboxEntry } from './visitor.ts';

/** A Monday morning. */
const start = Date.parse('2026-03-02T08:30:00Z');

/** Plays the main job and leaves its results. Fails unless every leaf of every journey was reached. */
export const runDemo = async (output?: string): Promise<void> => {
  const folder = resolve(
    output ?? join('.wayleaf', `demo-${new Date().toISOString().slice(0, 19).replaceAll(':', '')}`),
  );
  const world = await createWorld({ client: 'acme', clock: 'virtual', start, seed: 1 });
  try {
    const server = await world.listen({ port: 0 });
    console.log(
      `Wayleaf runs at ${server.url} for client acme, on a virtual clock from ${new Date(start).toISOString()}.`,
    );
    const api = { url: server.url, token: world.adminToken };
    const { journeys: live } = (await call(api, 'GET', '/v1/journeys')) as {
      journeys: { id: string; version: number }[];
    };
    for (const { id, version } of live) console.log(`Published ${id} as version ${version}.`);
    const visitor = createVisitor(api);
    const progress = createProgress('Playing');
    await play(visitor, start, progress.step);
    progress.end();

    const journeys = await Promise.all(
      journeyIds().map(async (id) => (await call(api, 'GET', `/v1/journeys/${id}/report`)) as Report),
    );
    const steps = journeys.flatMap((report) => report.steps.map(({ id }) => id));
    const histories = await Promise.all(
      people.map(async (person) => ({ person, entries: inOrder(await visitor.timeline(person), steps) })),
    );
    for (const { person, entries } of histories)
      console.log(`\n${nameOf(person)}\n${formatTimeline(entries, '  ')}`);
    const outbox = await visitor.outbox();
    const summary = summarise(journeys, outbox);
    const cost = costTable(usageOf(world, outbox));
    console.log(`\n${formatTable(summary.header, summary.rows)}\n\n${formatTable(cost.header, cost.rows)}\n`);
    leave(folder, { journeys, histories, outbox, summary, cost });
    refuseShortfalls(journeys);
    console.log(
      `Every leaf of both journeys was reached. Messages, pictures and the page: ${relative(process.cwd(), folder)}/index.html`,
    );
  } finally {
    await world.close();
  }
};

const journeyIds = (): string[] => Object.keys(readClientFolder('acme').journeys);
const nameOf = (person: Person): string => `${person.firstName} ${person.lastName} <${emailOf(person)}>`;

interface Table {
  header: string[];
  rows: (string | number)[][];
}

const summarise = (reports: readonly Report[], outbox: readonly OutboxEntry[]): Table => {
  const kinds = [...new Set(outbox.map(({ channel }) => channel))].sort();
  const sent = (report: Report, types: readonly string[]): number =>
    report.steps.filter(({ type }) => types.includes(type)).reduce((sum, step) => sum + step.sent, 0);
  const types: Record<string, readonly string[]> = {
    email: ['email'],
    sms: ['sms'],
    team: ['notify', 'task'],
  };
  return {
    header: ['journey', 'entered', ...kinds, 'leaves reached', 'skipped', 'converted', 'ended'],
    rows: reports.map((report) => [
      report.journey,
      report.entered,
      ...kinds.map((kind) => sent(report, types[kind] ?? [kind])),
      `${report.leaves.filter(({ count }) => count > 0).length} of ${report.leaves.length}`,
      counted(report.steps.map(({ skipped }) => skipped)),
      report.converted,
      counted([report.ended]),
    ]),
  };
};

const counted = (all: readonly Record<string, number>[]): string => {
  const sums = new Map<string, number>();
  for (const counts of all)
    for (const [name, n] of Object.entries(counts)) sums.set(name, (sums.get(name) ?? 0) + n);
  return [...sums].map(([name, n]) => `${n} ${name}`).join(', ') || 'none';
};

const httpFunctions = manifest
  .filter(({ record }) => record.triggers.some(({ kind }) => kind === 'http'))
  .map(({ record }) => record.name);

const usageOf = (world: World, outbox: readonly OutboxEntry[]): Usage => {
  const { machines, tables, functions } = world.usage();
  const units = Object.values(tables.tables);
  return {
    stateTransitions: machines.reduce((sum, machine) => sum + machine.transitions, 0),
    ...computeUsage({
      functions,
      reads: units.reduce((sum, { readUnits }) => sum + readUnits, 0),
      writes: units.reduce((sum, { writeUnits }) => sum + writeUnits, 0),
    }),
    httpApiRequests: httpFunctions.reduce((sum, name) => sum + (functions[name] ?? 0), 0),
    emails: outbox.filter(({ channel }) => channel === 'email').length,
    smsSegments: outbox
      .filter(({ channel }) => channel === 'sms')
      .reduce((sum, { text = '' }) => sum + countSegments(text).count, 0),
    teamMessages: outbox.filter(({ channel }) => channel === 'team').length,
  };
};

const costTable = (usage: Usage): Table => {
  const { lines, dollars } = costOf(usage);
  const money = (amount: number): string => `$${amount.toFixed(6)}`;
  return {
    header: ['on AWS this would have used', 'units', 'list price'],
    rows: [
      ...lines.map(({ unit, used, dollars: part }) => [
        unitWords(unit),
        Number.isInteger(used) ? used : Number(used.toFixed(3)),
        money(part),
      ]),
      ['in all', '', money(dollars)],
    ],
  };
};

interface Results {
  journeys: Report[];
  histories: { person: Person; entries: Awaited<ReturnType<ReturnType<typeof createVisitor>['timeline']>> }[];
  outbox: OutboxEntry[];
  summary: Table;
  cost: Table;
}

const leave = (folder: string, { journeys, histories, outbox, summary, cost }: Results): void => {
  mkdirSync(folder, { recursive: true });
  const files = leaveMessages(folder, outbox);
  const pictures = journeys.map((report) => ({ report, ...draw(report) }));
  for (const { report, svg } of pictures) writeFileSync(join(folder, `${report.journey}.svg`), svg);
  const page = demoPage({
    journeys: pictures,
    people: histories.map(({ person, entries }) => ({
      name: nameOf(person),
      came: person.comes.by === 'form' ? 'sent the form' : 'was seen in the shop',
      entries,
    })),
    messages: outbox.map((entry) => ({ entry, file: files.get(entry) ?? '' })),
    summary,
    cost,
  });
  writeFileSync(join(folder, 'index.html'), page);
};

const draw = (report: Report): { name: string; svg: string } => {
  const { document } = checkDocument(readClientFolder('acme').journeys[report.journey] ?? '');
  if (!document) throw new Error(`The journey "${report.journey}" is not in the client's folder any more.`);
  return { name: document.name ?? document.id, svg: drawPicture(document, { counts: countsOf(report) }) };
};

const refuseShortfalls = (reports: readonly Report[]): void => {
  const found = reports.flatMap(shortfalls);
  if (found.length > 0) throw new Failure(`Not all of it happened:\n  ${found.join('\n  ')}`);
};
