import { join } from 'node:path';
import { createWorld } from '#infra/local/world';
import { costOf, type Usage } from '#infra/prices';
import { computeUsage, usedBy } from '#infra/usage';
import { addContacts, journeyTime, mailsPerRun, referenceClient, start, startRuns } from './reference.ts';
import { type Found, rounded, type Section, type Table, type Tools } from './section.ts';

/** Calls of the tables by function and operation, to see what could be fewer. */
type Calls = Map<string, number>;

interface Measured {
  usage: Usage;
  functions: Record<string, number>;
  calls: Calls;
}

const measure = async (folder: string, count: number): Promise<Measured> => {
  const calls: Calls = new Map();
  let counting = false;
  const world = await createWorld({
    ...{ data: join(folder, 'cost'), client: referenceClient(), clock: 'virtual', start, seed: 1 },
    intercept: ({ service, operation, caller }, next) => {
      const name = `${caller ?? 'machine'} ${service} ${operation}`;
      if (counting) calls.set(name, (calls.get(name) ?? 0) + 1);
      return next();
    },
  });
  try {
    await addContacts(world, count);
    const before = usedBy(world);
    counting = true;
    await startRuns(world, count);
    await world.advance(journeyTime);
    const after = usedBy(world);
    const functions = Object.fromEntries(
      Object.entries(after.functions).map(([name, n]) => [name, (n - (before.functions[name] ?? 0)) / count]),
    );
    const mails = (await world.outbox()).filter(({ channel }) => channel === 'email').length;
    return {
      functions,
      calls: new Map([...calls].map(([name, n]) => [name, n / count])),
      usage: {
        stateTransitions: after.transitions / count,
        ...computeUsage({
          functions,
          reads: (after.reads - before.reads) / count,
          writes: (after.writes - before.writes) / count,
        }),
        httpApiRequests: 1,
        emails: mails / count,
        smsSegments: 0,
        teamMessages: 0,
      },
    };
  } finally {
    await world.close();
  }
};

const priceTable = (usage: Usage): Table => {
  const { lines, dollars } = costOf(usage);
  const row = (unit: string, used: number | string, price: number) => [
    unit,
    typeof used === 'number' ? rounded(used) : used,
    rounded(price * 1e6),
    `${((100 * price) / dollars).toFixed(1)} %`,
  ];
  const ses = lines.find(({ unit }) => unit === 'emails')!.dollars;
  return {
    title: `Reference journey (${mailsPerRun} mails, 4 waits, 2 decisions), à la carte list prices`,
    header: ['unit', 'per contact', 'US$ per million contacts', 'share'],
    rows: [
      ...lines.filter(({ used }) => used > 0).map(({ unit, used, dollars: price }) => row(unit, used, price)),
      row('all of it', '', dollars),
      row("SES's own price of the mails", '', ses),
      row('Wayleaf on top of that', '', dollars - ses),
    ],
  };
};

const countTable = (title: string, counts: Iterable<[string, number]>): Table => ({
  title,
  header: ['what', 'per contact'],
  rows: [...counts]
    .filter(([, n]) => n >= 0.01)
    .sort((a, b) => b[1] - a[1])
    .map(([name, n]) => [name, rounded(n)]),
});

const run = async ({ folder, quick, progress }: Tools): Promise<Found> => {
  const count = quick ? 50 : 200;
  progress(0, 1, `${count} contacts through the journey`);
  const { usage, functions, calls } = await measure(folder, count);
  return {
    tables: [
      priceTable(usage),
      countTable('Lambda invocations per contact', Object.entries(functions)),
      countTable(
        'Calls of services per contact',
        [...calls].filter(([name]) => !name.startsWith('sweep ')),
      ),
    ],
    goals: [
      {
        what: 'billed transitions per contact',
        measured: usage.stateTransitions,
        comparison: 'at most',
        limit: 10,
        unit: '',
      },
    ],
    notes: [
      'Units are counted by the embedded DynamoDB by the rules of the service. The time of functions is assumed, not measured:',
      'run-step 100 ms, all others 40 ms, at the memory that each one asks for; streams deliver in small batches here, in larger ones under load.',
      'Not in it: the first contact of a person with the system, storage, streams (free to Lambda), logs, data transfer,',
      'and what runs by the clock: sweeps, winners, imports, paced enrolments, reviews of contacts whose dates or conditions come due.',
    ],
  };
};

export const cost: Section = { name: 'cost', title: 'what it costs on AWS', run };
