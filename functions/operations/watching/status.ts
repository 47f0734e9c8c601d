import * as z from 'zod';
import type { Services } from '#functions/journeys/services';
import { iso } from '#kernel/clock';
import { sendingStateSchema } from '#model/sending-state';
import { heldSchema } from '#policy/sending/held';
import { listJourneys } from '#store/catalogue/journeys';
import { listParked } from '#store/parked';
import { viewSending } from '../sending-view.ts';
import { type BeatView, beatSchema, viewBeats } from './heartbeat.ts';
import { type Backlog, oldestOf, readLastDays, readPresent } from './vital-signs.ts';

const day = z.object({
  day: z.string(),
  leads: z.number(),
  events: z.number(),
  runs: z.number().describe('Runs that began'),
  sends: z.object({
    sent: z.number(),
    skipped: z.number(),
    failed: z.number(),
    indeterminate: z.number(),
  }),
  delivered: z.number(),
  bounced: z.number(),
  complained: z.number(),
});
const backlog = z.object({ oldestSeconds: z.number().optional(), since: z.string().optional() });

export const problemCodes = [
  'sending-paused',
  'events-waiting',
  'claims-unsettled',
  'sends-open',
  'quarantine',
  'bounce-rate',
  'complaint-rate',
  'heartbeat-missing',
  'journey-paused',
] as const;

export const statusSchema = z
  .object({
    at: z.string(),
    client: z.string(),
    healthy: z.boolean(),
    problems: z.array(z.object({ code: z.enum(problemCodes), says: z.string() })),
    sending: sendingStateSchema,
    today: day,
    yesterday: day,
    runs: z.object({ active: z.number(), held: z.array(heldSchema) }),
    waiting: z.object({
      events: backlog.describe('Stored and not yet heard'),
      claims: backlog.describe('Messages claimed whose outcome nobody wrote down'),
      open: backlog.describe('Messages of unknown fate'),
    }),
    quarantine: z.object({ entries: z.number(), more: z.boolean() }),
    heartbeat: z.array(beatSchema),
    journeys: z.array(z.object({ id: z.string(), status: z.string(), version: z.number().optional() })),
  })
  .describe('How a client is, at a glance');
export type Status = z.output<typeof statusSchema>;

const counted = 200;

export const readStatus = async (services: Services): Promise<Status> => {
  const { store, catalogue } = services;
  const client = await catalogue.client();
  const [sending, days, runs, events, claims, open, parked, heartbeat, journeys] = await Promise.all([
    viewSending(services),
    readLastDays(store, client.timezone),
    readPresent(store),
    oldestOf(store, 'event'),
    oldestOf(store, 'claim'),
    oldestOf(store, 'open'),
    listParked(store, counted + 1),
    viewBeats(services),
    listJourneys(store),
  ]);
  const facts = {
    sending,
    today: { day: days.today.day, ...days.today.signs },
    yesterday: { day: days.yesterday.day, ...days.yesterday.signs },
    runs,
    waiting: { events, claims, open },
    quarantine: { entries: Math.min(parked.length, counted), more: parked.length > counted },
    heartbeat,
    journeys: journeys.map(({ id, status, version }) => ({ id, status, ...(version && { version }) })),
  };
  const problems = problemsOf(facts, client.breaker);
  return {
    at: iso(store.clock.now()),
    client: client.name,
    healthy: problems.length === 0,
    problems,
    ...facts,
  };
};

type Facts = Omit<Status, 'at' | 'client' | 'healthy' | 'problems'>;
type Problem = Status['problems'][number];

/** The stream brings an event within seconds; the sweep gives up a claim after five minutes and looks each five. */
const patienceSeconds = { events: 600, claims: 900 };

const problemsOf = (facts: Facts, rates: { bounceRate: number; complaintRate: number }): Problem[] => [
  ...Object.entries(facts.sending.paused).map(
    ([what, { because, at }]): Problem => ({
      code: 'sending-paused',
      says: `${what === 'all' ? 'Everything is' : `Messages by ${what} are`} paused since ${at} (${because}).`,
    }),
  ),
  ...late('events-waiting', facts.waiting.events, patienceSeconds.events, 'An event has not been heard'),
  ...late(
    'claims-unsettled',
    facts.waiting.claims,
    patienceSeconds.claims,
    'A claimed message has no outcome',
  ),
  ...late('sends-open', facts.waiting.open, 0, 'Nobody knows whether a message was sent'),
  ...(facts.quarantine.entries > 0
    ? [
        {
          code: 'quarantine' as const,
          says: `${facts.quarantine.entries}${facts.quarantine.more ? ' or more' : ''} in the quarantine.`,
        },
      ]
    : []),
  ...rateProblems(facts, rates),
  ...missing(facts.heartbeat),
  ...facts.journeys
    .filter(({ status }) => status === 'paused')
    .map(({ id }): Problem => ({ code: 'journey-paused', says: `Journey "${id}" is paused.` })),
];

const late = (
  code: Problem['code'],
  { oldestSeconds, since }: Backlog,
  patience: number,
  what: string,
): Problem[] =>
  oldestSeconds !== undefined && oldestSeconds > patience ? [{ code, says: `${what} since ${since}.` }] : [];

const fewest = 100;

/** Of both days: what bounces is told late. */
const rateProblems = (
  { today, yesterday }: Facts,
  { bounceRate, complaintRate }: { bounceRate: number; complaintRate: number },
): Problem[] => {
  const sum = (of: (signs: Facts['today']) => number): number => of(today) + of(yesterday);
  const answered = sum(({ delivered, bounced }) => delivered + bounced);
  if (answered < fewest) return [];
  const [bounced, complained] = [sum((s) => s.bounced) / answered, sum((s) => s.complained) / answered];
  return [
    ...(bounced > bounceRate
      ? [{ code: 'bounce-rate' as const, says: `${percent(bounced)} of mails bounced.` }]
      : []),
    ...(complained > complaintRate
      ? [{ code: 'complaint-rate' as const, says: `${percent(complained)} of mails were complained about.` }]
      : []),
  ];
};
const percent = (share: number): string => `${(share * 100).toFixed(2)} %`;

const missing = (beats: readonly BeatView[]): Problem[] =>
  beats
    .filter(({ state }) => state === 'missing')
    .map(({ channel, sentAt }) => ({
      code: 'heartbeat-missing',
      says: `The heartbeat by ${channel} of ${sentAt} did not arrive.`,
    }));
