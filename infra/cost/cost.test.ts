import { expect, test } from 'vitest';
import { checkDocument } from '#statemachines/checks/check';
import { readClientFolder } from '../client-folder.ts';
import { createWorld } from '../local/world.ts';
import { prices } from '../prices.ts';
import { compareEngines, comparePlans } from './compare.ts';
import { costOfClient } from './cost.ts';

const usage = {
  ...{ stateTransitions: 1e6, lambdaRequests: 0, lambdaGigabyteSeconds: 0, dynamoWriteUnits: 0 },
  ...{ dynamoReadUnits: 0, httpApiRequests: 0, emails: 1e6, smsSegments: 0, teamMessages: 0 },
};

test('engines and plans are compared at their list prices', () => {
  expect(compareEngines(usage)[0]).toMatchObject({ engine: 'Step Functions Standard', dollars: 25 });
  expect(
    compareEngines(usage)
      .slice(1)
      .every(({ dollars }) => dollars < 5),
  ).toBe(true);
  expect(comparePlans(usage).map(({ dollars }) => Math.round(dollars))).toEqual([100, 160]);
});

test('a client costs what its journeys use, and twice the contacts twice that; what watches costs the same', async () => {
  const folder = readClientFolder('acme');
  const { document } = checkDocument(folder.journeys['demo-follow-up']!);
  const journeys = [{ document: document!, rates: { defaults: 'typical' as const }, folder }];
  const common = {
    folder,
    journeys,
    start: Date.UTC(2026, 2, 2, 9),
    seed: 1,
    sample: 100,
    openWorld: createWorld,
  };
  const [one, two] = [
    await costOfClient({ ...common, contacts: 1_000 }),
    await costOfClient({ ...common, contacts: 2_000 }),
  ];
  const mails = (cost: typeof one) => cost.lines.find(({ unit }) => unit === 'emails')!;
  expect(mails(one).used).toBeGreaterThan(500);
  expect(mails(one).dollars).toBeCloseTo(mails(one).used * prices.email);
  expect(mails(two).used / mails(one).used).toBeCloseTo(2, 1);
  expect(two.fixed).toEqual(one.fixed);
  const fixed = one.fixed.reduce((sum, { dollars }) => sum + dollars, 0);
  expect(one.dollars).toBeCloseTo(fixed + one.lines.reduce((sum, { dollars }) => sum + dollars, 0));
  const told = (cost: typeof one) => cost.lines.filter(({ unit }) => unit.startsWith('events'));
  expect(told(one)).toEqual([]);
  const client = {
    ...(folder.client as object),
    eventsOut: { on: true, s3: {} },
    deployment: { tracing: true },
  };
  const telling = { ...folder, client };
  const filed = await costOfClient({
    ...{ ...common, folder: telling, contacts: 1_000 },
    journeys: journeys.map((each) => ({ ...each, folder: telling })),
  });
  // Of each run that it began and ended, its mail and what became of it, and the steps between.
  const [onBus, onS3] = told(filed);
  expect(onBus!.used / 1_000).toBeGreaterThan(5);
  expect(onBus!.used / 1_000).toBeLessThan(60);
  expect([onBus!.dollars, onS3!.used]).toEqual([onBus!.used * prices.busEvent, onBus!.used]);
  expect(onS3!.dollars / onBus!.dollars).toBeGreaterThan(0.1);
  expect(onS3!.dollars / onBus!.dollars).toBeLessThan(0.2);
  const used = (unit: string) => filed.lines.find((line) => line.unit === unit)!;
  const more = onBus!.dollars + onS3!.dollars + used('traces').dollars + 2 * prices.alarm;
  expect(filed.dollars).toBeCloseTo(one.dollars + more, 1);
  expect(used('traces').dollars).toBeCloseTo(used('lambdaRequests').used * prices.trace);
});
