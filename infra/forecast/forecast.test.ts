import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { clientSchema } from '#model/client';
import type { Forecast } from '#model/forecast';
import type { Rates } from '#model/forecast-rates';
import { ratesSchema } from '#model/forecast-rates';
import { plotForecast } from '#plot/forecast/forecast';
import type { Step } from '#statemachines/document/schema';
import { leavesReached } from '#statemachines/expectations/leaves';
import { call, decide, email, journeyOf, waitForClick } from '#test/builders/journeys';
import { clientsFolder, readClientFolder } from '../client-folder.ts';
import { createWorld } from '../local/world.ts';
import { simulationFolder } from '../simulation/folder.ts';
import { rehearse } from './figures/rehearse.ts';
import { forecast, WrongRates } from './forecast.ts';
import { drawSample } from './people/sample.ts';
import { createSetting } from './setting.ts';

const acme = readClientFolder('acme');
const start = Date.parse('2026-03-02T09:00:00Z');
const read = (name: string): string => readFileSync(join(clientsFolder, 'acme/journeys', name), 'utf8');

const rates: Record<string, Rates> = {
  'demo-follow-up': ratesSchema.parse(JSON.parse(read('demo-follow-up.rates.json'))),
  'increase-engagement': {
    defaults: 'typical',
    over: '3 days',
    reachable: { sms: 0.5 },
    messages: { email: { opened: 0.4, clicked: 0.2, delivered: 0.95, unsubscribed: 0 } },
    events: { 'Order Completed': { perDay: 0.03 }, 'Account Closed': { rate: 0.05, median: '2 days' } },
  },
};

const optionsFor = (id: string, seed: number) => {
  const text = acme.journeys[id]!;
  const document = JSON.parse(text);
  const folder = simulationFolder(document, text, { name: 'acme', root: clientsFolder });
  return { document, folder, rates: rates[id]!, start, seed, openWorld: createWorld };
};
const people = (id: string, seed: number, count: number) => {
  const { folder, ...options } = optionsFor(id, seed);
  const setting = createSetting({ ...options, client: clientSchema.parse(folder.client) });
  return { setting, folder, outcomes: drawSample(setting, count) };
};

describe.each(['demo-follow-up', 'increase-engagement'])('imagined people of %s', (id) => {
  it('get from the compiled machine what they were imagined to get, at the same times', async () => {
    const { setting, folder, outcomes } = people(id, 3, 400);
    const rehearsal = await rehearse(outcomes, { setting, folder, openWorld: createWorld, people: 60 });
    expect(
      rehearsal.differing.map(({ imagined: { messages }, walked: { sends } }) => ({ messages, sends })),
    ).toEqual([]);
    expect(rehearsal.played).toBeGreaterThan(50);
    expect(rehearsal.used.transitions).toBe(rehearsal.transitions);
  }, 240_000);
});

it('imagined people of a journey with every turn get what the machine gives them', async () => {
  const steps: Step[] = [
    email('offer'),
    waitForClick('reaction', 'offer', [{ id: 'thanks', type: 'exit', as: 'Clicked' }], []),
    { id: 'again', type: 'goto', step: 'offer', atMost: 1 },
    { id: 'look-up', type: 'webhook', url: 'https://api.example.com/', saveAs: 'found' },
    { id: 'tell', type: 'emit', event: 'Looked Up' },
    {
      id: 'test',
      type: 'split',
      arms: [
        { name: 'mail', weight: 60, steps: [email('letter')] },
        { name: 'nothing', weight: 40, holdout: true, steps: [email('shadow')] },
      ],
    },
    { id: 'sales', type: 'notify', team: 'sales', text: 'Look' },
    { id: 'morning', type: 'wait', until: { time: '09:30' } },
    call(['reached', 'busy', 'gone'], ['reached']),
    decide('vip', [email('gift')], [email('plain')], { if: { tag: 'known' } }),
  ];
  const document = journeyOf(steps, { sending: { quietHours: { from: '20:00', to: '08:00' } } });
  const folder = simulationFolder(document, JSON.stringify(document));
  const client = clientSchema.parse(folder.client);
  const given: Rates = {
    defaults: 'typical',
    over: '2 days',
    messages: { email: { clicked: 0.3, unsubscribed: 0 } },
  };
  const setting = createSetting({ document, client, rates: given, start, seed: 5 });
  const outcomes = drawSample(setting, 200);
  const rehearsal = await rehearse(outcomes, { setting, folder, openWorld: createWorld, people: 50 });
  const told = rehearsal.differing.map(({ imagined, walked: real }) => ({
    imagined: [
      imagined.how,
      ...imagined.messages.map(({ at, step }) => `${step} ${new Date(at).toISOString()}`),
    ],
    real: [real.ended.how, ...real.sends.map(({ at, step }) => `${step} ${at}`)],
  }));
  expect(told).toEqual([]);
  expect(rehearsal.played).toBeGreaterThan(40);
  expect(rehearsal.used.transitions).toBe(rehearsal.transitions);
}, 240_000);

describe('a forecast', () => {
  const audience = 200;
  let foretold: Forecast;
  beforeAll(async () => {
    foretold = await forecast({ ...optionsFor('increase-engagement', 1), audience });
  }, 240_000);

  it('holds for people who are drawn independently and walked by the machine', async () => {
    const { setting, folder, outcomes } = people('increase-engagement', 99, audience);
    const walked = await rehearse(outcomes, {
      ...{ setting, folder, openWorld: createWorld, people: audience },
      keep: true,
    });
    expect(walked.walked).toHaveLength(audience);
    const count = (of: (each: (typeof walked.walked)[number]) => number): number =>
      walked.walked.reduce((sum, each) => sum + of(each), 0);
    const figures = [
      ...foretold.leaves.map(({ leaf, people: estimate }) => ({
        what: leaf,
        estimate,
        real: count((each) => (leavesReached(setting.plan, each).includes(leaf) ? 1 : 0)),
      })),
      ...foretold.messages.map(({ channel, count: estimate }) => ({
        what: channel,
        estimate,
        real: count((each) => each.sends.filter((send) => send.channel === channel).length),
      })),
      ...foretold.days.slice(0, 6).map(({ day, channels }, i) => ({
        what: day,
        estimate: channels.email!,
        real: count(
          (each) =>
            each.sends.filter(
              ({ at, channel }) =>
                channel === 'email' && Math.floor((Date.parse(at) - start) / 86_400_000) === i,
            ).length,
        ),
      })),
    ];
    const outside = figures.filter(({ estimate, real }) => real < estimate.low || real > estimate.high);
    // Nine of ten are to lie inside; by chance of thirteen one or two do not.
    expect(figures.length).toBeGreaterThanOrEqual(12);
    expect(
      outside.map(({ what, estimate, real }) => ({ what, ...estimate, real })).length,
    ).toBeLessThanOrEqual(2);
  }, 240_000);

  it('says how many it checked, and what it assumed', () => {
    expect(foretold.rehearsed.alike).toBe(foretold.rehearsed.people);
    expect(foretold.assumed.join('\n')).toContain('decide "engagement-level"');
  });

  it('adds up', () => {
    const sum = (estimates: { expected: number }[]) =>
      estimates.reduce((all, { expected }) => all + expected, 0);
    const byDay = sum(foretold.days.flatMap(({ channels }) => Object.values(channels)));
    expect(byDay).toBeCloseTo(sum(foretold.messages.map(({ count }) => count)), 6);
    expect(sum(foretold.ends.map(({ people: each }) => each))).toBeCloseTo(audience, 6);
    expect(sum(foretold.bill.lines.map(({ dollars }) => ({ expected: dollars })))).toBeCloseTo(
      foretold.bill.dollars.expected,
      9,
    );
  });

  it('is drawn with a title, a description, both themes and no number that is none', () => {
    const svg = plotForecast(foretold);
    expect(svg).toMatch(/role="img" aria-labelledby="wlf-title wlf-desc"/);
    expect(svg).toContain('<title id="wlf-title">Forecast of Increase customer engagement</title>');
    expect(svg).toContain('engagement-level/High engagement');
    expect(svg).toContain('prefers-color-scheme:dark');
    expect(svg).not.toMatch(/NaN|undefined|Infinity/);
  });

  it('is the same for the same seed', async () => {
    const again = await forecast({ ...optionsFor('increase-engagement', 1), audience });
    expect({ ...again, bill: 0 }).toEqual({ ...foretold, bill: 0 });
  }, 240_000);

  it('is refused with rates that do not fit', async () => {
    const options = { ...optionsFor('increase-engagement', 1), rates: {}, audience };
    await expect(forecast(options)).rejects.toThrow(WrongRates);
  });
});
