import type { Condition } from '#conditions/schema';
import { iso } from '#kernel/clock';
import { Ended } from '#kernel/errors';
import { contactOf } from '#kernel/ids';
import type { Client } from '#model/client';
import type { Contact } from '#model/contact';
import type { Run, StepRecord } from '#model/run';
import type { Segment } from '#model/segment';
import { zoneOf } from '#policy/contacts/zone';
import type { SendPace } from '#policy/sending/send-pace';
import type { Step } from '#statemachines/document/schema';
import type { RunFacts } from '#statemachines/steps/effects';
import { contactOfItem, livingProfile } from '#store/contacts/contacts';
import { type HistoryItem, history, type Whole } from '#store/contacts/events';
import { main } from '#store/keys';
import { runOfItem } from '#store/runs/runs';
import { decidedArm } from '#store/runs/trials';
import { paceOfItem } from '#store/sends/send-pace';
import { type CapUse, capsOfItem } from '#store/sends/sends';
import type { Item } from '#store/table';
import type { Services } from '../services.ts';
import type { FrozenVersion } from '../versions.ts';
import { asksMessages, historyNeeded, runFacts, segmentsNeeded } from './facts.ts';
import { startRun } from './start-run.ts';

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
  /** The wait that this very call begins: one of an earlier attempt is not over. */
  ownWait?: string | undefined;
  /** Where a step may send: how fast mails may go, if that was asked lately. */
  pace?: SendPace | undefined;
  /** What was sent before, where a step may send; read anew when it is asked again. */
  caps?: CapUse | undefined;
  /** The wait that comes behind what this call does, and its token. */
  ahead?: { step: Step; token: string } | undefined;
  /** The step's record, once it was written. */
  record?: StepRecord | undefined;
}

const clientMayLagMs = 60_000;

/** @param execution the one that asks: one that the run has left is told so, and ends quietly */
export const loadScene = async (
  services: Services,
  { run, number }: { run: string; number: number },
  { visit, maySend }: { visit: number; maySend: boolean },
): Promise<Scene> => {
  const contact = contactOf(run);
  const [items] = await Promise.all([
    services.store.main.getMany([
      ...[main.run(contact, run), main.profile(contact)],
      ...(maySend ? [main.caps(contact), main.sendPace()] : []),
    ]),
    services.catalogue.renewAfter(clientMayLagMs),
  ]);
  const [found, profile, caps, pace] = ['run', 'profile', 'caps', 'pace'].map((kind) =>
    items.find((item) => item.kind === kind),
  );
  if (!found || found.status === 'ended') throw new Ended('the run has ended');
  const living = await livingProfile(services.store, profile);
  if (!living) throw new Ended('the contact is gone');
  const scene = await sceneOf(
    services,
    runOfItem(found),
    contactOfItem(living, services.store.clock.now()),
    visit,
  );
  if (number !== (scene.run.execution?.number ?? 1)) await leaveToNext(services, scene, found);
  if (pace) scene.pace = paceOfItem(pace);
  // What counts is what was sent to whom it was merged into.
  return maySend && scene.contact.id === contact ? { ...scene, caps: capsOfItem(caps) } : scene;
};

/** Perhaps whoever left this execution fell before the next one was started. */
const leaveToNext = async (
  services: Services,
  { run, version }: Scene,
  { unsettled }: Item,
): Promise<never> => {
  if (String(unsettled).startsWith('entering')) await startRun(services, run, version);
  throw new Ended('the run goes on in another execution');
};

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

/** In a loop, a time of the day that the last round waited for is not waited for again. */
const looksBack = ({ visit }: Scene, step: Step): boolean =>
  visit > 1 && step.type === 'wait' && step.until !== undefined && 'time' in step.until;

const isTested = (step: Step): boolean => 'winner' in step && step.winner !== undefined;

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
    (listening && isListening(step)) || looksBack(scene, step) ? startedAt : Number.POSITIVE_INFINITY,
  );
  const onlyEvents = asksOnlyEvents(scene, step, conditions, segments);
  const items = await historySince(services, scene.contact, since, { onlyEvents });
  const winner = isTested(step) ? await decidedArm(services.store, scene.run, step.id) : undefined;
  return runFacts({ ...scene, history: items, segments, winner });
};

/** What became of steps and messages stands in their own records. */
const asksOnlyEvents = (
  scene: Scene,
  step: Step,
  conditions: readonly (Condition | undefined)[],
  segments: ReadonlyMap<string, Segment>,
): boolean =>
  !asksMessages(conditions, segments) && !('since' in step && step.since) && !looksBack(scene, step);

/** `Infinity` reads nothing, what lies before 1970 everything. */
export const historySince = async (
  { store }: Services,
  contact: Whole,
  since: number,
  { onlyEvents }: { onlyEvents?: boolean } = {},
): Promise<HistoryItem[]> =>
  since === Number.POSITIVE_INFINITY
    ? []
    : history(store, contact, { onlyEvents, ...(since <= 0 ? {} : { since: iso(since) }) });
