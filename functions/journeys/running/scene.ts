import type { Condition } from '#conditions/schema';
import { iso } from '#kernel/clock';
import { Ended } from '#kernel/errors';
import { contactOf, sendId } from '#kernel/ids';
import type { Client } from '#model/client';
import type { Contact } from '#model/contact';
import type { Run, StepRecord } from '#model/run';
import type { Send } from '#model/send';
import { zoneOf } from '#policy/zone';
import type { Step } from '#statemachines/document/schema';
import type { RunFacts } from '#statemachines/steps/effects';
import { contactOfItem } from '#store/contacts';
import { type HistoryItem, history } from '#store/events';
import { main } from '#store/keys';
import { runOfItem } from '#store/runs';
import { type CapUse, capOfItem, sendOfItem } from '#store/sends';
import { stepOfItem } from '#store/steps';
import type { Item } from '#store/table';
import { historyNeeded, runFacts, segmentsNeeded } from './facts.ts';
import type { Services } from './services.ts';
import type { FrozenVersion } from './versions.ts';

/** One run at the moment in which one of its steps is called. */
export interface Scene {
  run: Run;
  /** Replaced when a step of ours changes it. */
  contact: Contact;
  version: FrozenVersion;
  client: Client;
  zone: string;
  now: number;
  visit: number;
  /** What an earlier attempt at the step left. */
  record?: StepRecord | undefined;
  send?: Send | undefined;
  /** How often the contact was written to; absent when it must be read again. */
  caps?: ReadonlyMap<string, CapUse> | undefined;
}

const channels = ['email', 'sms', 'team'] as const;
const capped = ['email', 'sms'] as const;
const clientMayLagMs = 60_000;

/** One read of everything that the step may need, whatever its type. */
export const loadScene = async (
  services: Services,
  run: string,
  step: string | undefined,
  visit: number,
): Promise<Scene> => {
  const contact = contactOf(run);
  const [items] = await Promise.all([
    services.store.main.getMany([
      main.run(contact, run),
      main.profile(contact),
      ...(step === undefined ? [] : recordKeys(contact, run, step, visit)),
    ]),
    services.catalogue.renewAfter(clientMayLagMs),
  ]);
  return setScene(services, items, visit);
};

const recordKeys = (contact: string, run: string, step: string, visit: number) => [
  main.step(contact, run, step, visit),
  ...channels.map((channel) => main.send(contact, sendId(run, step, visit, channel))),
  ...capped.map((channel) => main.cap(contact, channel)),
];

const ofKind = (items: readonly Item[], kind: string): Item | undefined =>
  items.find((item) => item.kind === kind);

const setScene = async (services: Services, items: readonly Item[], visit: number): Promise<Scene> => {
  const [run, profile, record, send] = ['run', 'profile', 'step', 'send'].map((kind) => ofKind(items, kind));
  if (!run || run.status === 'ended') throw new Ended('the run has ended');
  if (!profile) throw new Ended('the contact is gone');
  const scene = await sceneOf(services, runOfItem(run), contactOfItem(profile), visit);
  const caps = new Map(capped.map((channel) => [channel, capIn(items, channel)]));
  return { ...scene, record: record && stepOfItem(record), send: send && sendOfItem(send), caps };
};

const capIn = (items: readonly Item[], channel: string): CapUse =>
  capOfItem(
    channel,
    items.find(({ sk }) => sk === main.cap('', channel).sk),
  );

export const sceneOf = async (services: Services, run: Run, contact: Contact, visit = 1): Promise<Scene> => {
  const [version, client] = await Promise.all([
    services.versions.get(run.journey, run.version),
    services.catalogue.client(),
  ]);
  const zone = zoneOf(contact, client.timezone);
  return { run, contact, version, client, zone, now: services.store.clock.now(), visit };
};

/** The conditions that a step asks itself: its own `if`, and those of its branches. */
const conditionsOf = (step: Step): (Condition | undefined)[] => [
  step.if,
  ...('branches' in step ? (step.branches ?? []) : []).map((branch) => (branch as { if?: Condition }).if),
];

/** A step with `atMost` waits for something to happen, which may have happened before. */
export const isListening = (step: Step): boolean => 'atMost' in step && step.atMost !== undefined;

/**
 * Reads from the history what the step asks for, and nothing when it asks for nothing.
 * @param listening also what a wait may already have missed
 */
export const loadFacts = async (
  services: Services,
  scene: Scene,
  step: Step,
  listening = true,
): Promise<RunFacts> => {
  const conditions = listening ? conditionsOf(step) : [step.if];
  const startedAt = Date.parse(scene.run.startedAt);
  const segments = segmentsNeeded(conditions) ? await services.catalogue.segments() : new Map();
  const since = Math.min(
    historyNeeded(conditions, segments, { now: scene.now, startedAt }) ?? Number.POSITIVE_INFINITY,
    listening && isListening(step) ? startedAt : Number.POSITIVE_INFINITY,
  );
  const items = await historySince(services, scene.contact.id, since);
  return runFacts({ ...scene, history: items, segments });
};

/** `Infinity` reads nothing, what lies before 1970 everything. */
export const historySince = async (
  { store }: Services,
  contact: string,
  since: number,
): Promise<HistoryItem[]> =>
  since === Number.POSITIVE_INFINITY ? [] : history(store, contact, since <= 0 ? {} : { since: iso(since) });
