import { channelOfField, contactChannels } from '#model/channel';
import type { Simulation } from '#model/simulation';
import { type PathsOptions, pathWith } from '#statemachines/simulate/paths';
import type { ClientFolder } from '../../client-folder.ts';
import type { World } from '../../local/world.ts';
import type { Limits } from '../../simulation/budget.ts';
import { type OpenWorld, simulateIn } from '../../simulation/simulation.ts';
import type { Walk } from '../../simulation/walk.ts';
import { type Used, usedBy } from '../../usage.ts';
import { asEvents } from '../people/as-events.ts';
import type { Outcome } from '../people/outcome.ts';
import type { Setting } from '../setting.ts';

/** Some of the imagined people, walked by the real machine. */
export interface Rehearsal {
  played: number;
  /** With the same messages at the same minutes, and the same end. */
  agreed: number;
  /** What those played used in all, and their transitions as they were imagined. */
  used: Used;
  transitions: number;
  /** What one event at the front door uses. */
  door: Pick<Used, 'functions' | 'reads' | 'writes'>;
  /** For those who look for the reason: who took another way. */
  differing: { imagined: Outcome; walked: Simulation }[];
  /** All of them, where they were to be kept. */
  walked: Simulation[];
}

export interface RehearsalOptions {
  setting: Setting;
  folder: ClientFolder;
  openWorld: OpenWorld;
  /** So many people at most. */
  people: number;
  /** Of all of them together; the first is walked in any case. */
  mostTransitions?: number;
  limits?: Limits;
  /** Give back all walks, not only those that differ. */
  keep?: boolean;
}

/** The measure of the forecast: the same people, on the embedded world. */
export const rehearse = async (
  outcomes: readonly Outcome[],
  { setting, folder, openWorld, people, mostTransitions, limits, keep }: RehearsalOptions,
): Promise<Rehearsal> => {
  const chosen = upTo(mostTransitions, spread(outcomes.filter(canBePlayed), people))
    .map((outcome, i) => ({ outcome, walk: walkOf(outcome, setting, folder, i) }))
    .filter((each): each is { outcome: Outcome; walk: Walk } => each.walk !== undefined);
  let measured: Pick<Rehearsal, 'used' | 'door'> | undefined;
  const walked = await simulateIn(openWorld)(
    chosen.map(({ walk }) => walk),
    {
      ...{ folder, document: setting.document, start: setting.start, seed: setting.seed, limits },
      watch: async (world) => {
        measured = await measure(world);
      },
    },
  );
  const pairs = chosen.map(({ outcome }, i) => ({ imagined: outcome, walked: walked[i]! }));
  const differing = pairs.filter(({ imagined, walked: real }) => !isAlike(imagined, real));
  return {
    ...{ played: pairs.length, agreed: pairs.length - differing.length, differing },
    walked: keep ? walked : [],
    ...measured!,
    transitions: chosen.reduce((sum, { outcome }) => sum + outcome.transitions, 0),
  };
};

/** No file of events makes a contact unsubscribe. */
const canBePlayed = ({ heard }: Outcome): boolean => !heard.some(({ on }) => 'unsubscribes' in on);

const spread = <T>(items: readonly T[], count: number): T[] => {
  const step = Math.max(1, items.length / count);
  return Array.from({ length: Math.min(count, items.length) }, (_, i) => items[Math.floor(i * step)]!);
};

const upTo = (most = Number.POSITIVE_INFINITY, outcomes: readonly Outcome[]): Outcome[] => {
  let all = 0;
  return outcomes.filter(({ transitions }, i) => {
    all += transitions;
    return i === 0 || all <= most;
  });
};

/** A contact for whom the conditions hold that were imagined to hold, and what happens to it. */
const walkOf = (
  outcome: Outcome,
  { document, start }: Setting,
  folder: ClientFolder,
  index: number,
): Walk | undefined => {
  const answers = Object.fromEntries(outcome.answers.map(({ step, index: answer }) => [step, answer]));
  const path = pathWith(document, answers, { start, segments: folder.segments as PathsOptions['segments'] });
  if (!path) return undefined;
  const unreachable = new Set(
    outcome.skipped.flatMap(({ step, reason }) => (reason === 'no-address' ? [typeOf(document, step)] : [])),
  );
  const kept = Object.entries(path.contact).filter(([name]) => !unreachable.has(channelOfField(name) ?? ''));
  return {
    contact: {
      ...Object.fromEntries(kept),
      ...(unreachable.has('email') ? {} : { email: `person-${index}@example.com` }),
      ...(unreachable.has('sms') ? {} : { phone: `+1415555${String(1000 + index).padStart(4, '0')}` }),
      consent: contactChannels.filter((channel) => !unreachable.has(channel)),
      timezone: outcome.zone,
    },
    events: [...path.events.filter(({ at }) => at.startsWith('-')), ...asEvents(outcome)],
    trigger: path.trigger,
    arms: path.arms,
    delayMs: outcome.startedAt - start,
  };
};

const typeOf = (document: unknown, step: string): string =>
  new RegExp(`"id":"${step}","type":"(\\w+)"`).exec(JSON.stringify(document))?.[1] ?? '';

const minute = 60_000;

const isAlike = (imagined: Outcome, real: Simulation): boolean => {
  const { messages, how } = imagined;
  const ends = { completed: 'completed', exited: 'exited', goal: 'goal', rule: 'exited' } as const;
  return (
    real.ended.how === ends[how] &&
    messages.length === real.sends.length &&
    messages.every(({ step, at }, i) => {
      const send = real.sends[i]!;
      return send.step === step && Math.abs(Date.parse(send.at) - at) < minute;
    })
  );
};

const knocks = 10;

/** What all of it used; and, beside it, what it costs that an event is taken in. */
const measure = async (world: World): Promise<Pick<Rehearsal, 'used' | 'door'>> => {
  const used = usedBy(world);
  const [writeKey = ''] = world.client.writeKeys;
  for (let n = 0; n < knocks; n++)
    await world.http({
      method: 'POST',
      path: '/v1/track',
      headers: { authorization: `Basic ${btoa(`${writeKey}:`)}`, 'content-type': 'application/json' },
      body: { userId: 'who-knocks', messageId: `knock-${n}`, event: 'Knocked' },
    });
  const { functions, reads, writes } = usedBy(world, (name) => name === 'accept-event');
  const each = (sum: number): number => sum / knocks;
  const calls = Object.fromEntries(Object.entries(functions).map(([name, n]) => [name, each(n)]));
  return { used, door: { functions: calls, reads: each(reads), writes: each(writes) } };
};
