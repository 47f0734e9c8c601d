import { applyChange } from '#functions/contacts/changing/apply';
import { askConfirmation } from '#functions/messages/ask-confirmation';
import { maxDepth } from '#model/event';
import type { JourneyRecord } from '#model/journey';
import { mayChange } from '#policy/contacts/apply-event';
import type { ContactSettings } from '#policy/contacts/contact-settings';
import { contactSettingsOf } from '#store/catalogue/contact-settings';
import { listJourneys } from '#store/catalogue/journeys';
import { removeEvent } from '#store/contacts/erasures';
import { getEvent, markHeard, type StoredEvent } from '#store/contacts/events';
import { putRefusal } from '#store/runs/refusals';
import { type Entry, readEntries } from '#store/runs/runs';
import { isWritten } from '#store/table';
import type { Services } from '../services.ts';
import { BrokenVersion } from '../versions.ts';
import { noteConflicts, noteRefusedAddresses } from './conflicts.ts';
import { type Entrance, enter } from './enter.ts';
import { isHandedTo, tellHandingRun } from './handed-over.ts';
import type { HeardEvent } from './heard.ts';
import { joinOthers } from './join.ts';
import { listenOne, listenRuns, maySay } from './listen.ts';

/**
 * Contacts that are one person become one, the profile is brought up to date, runs listen, journeys are
 * entered. Harmless however often it is done.
 * What came too late for a contact that was erased is removed.
 */
export const hear = async (services: Services, event: StoredEvent): Promise<void> => {
  const run = onlyRun(event, await contactSettingsOf(services.store));
  if (run === undefined && (await wasHeard(services, event))) return;
  await joinOthers(services, event);
  await noteConflicts(services, event);
  if (run === undefined || (await maySay(services, event, run))) {
    const applied = await applyChange(services.store, event.contact, event);
    if (!applied) return removeEvent(services.store, event.contact, event.id);
    await noteRefusedAddresses(services, event, applied.change);
    await hearApplied(services, { event, change: applied.change, contact: applied.contact }, run);
    // Not settled: the sweep asks again.
    if ((await askConfirmation(services, event, applied.contact)) === 'later') return;
  }
  await settleEvent(services, event);
};

/**
 * A stream delivers again what was heard long ago. What it meant then it need not mean now: it would let in
 * whom it did not, or be a goal of a run that began after it within the same instant.
 */
const wasHeard = async ({ store }: Services, { contact, id }: StoredEvent): Promise<boolean> =>
  (await getEvent(store, contact, id))?.state === 'heard';

/** One that was erased meanwhile, with its contact, is not there any more: nothing is left to hear. */
const settleEvent = async ({ store }: Services, event: StoredEvent): Promise<void> => {
  await isWritten(markHeard(store, event.contact, event.id));
};

/** An event about one run that changes nothing of the contact: no other run and no trigger can hear it. */
const onlyRun = (event: StoredEvent, settings: ContactSettings): string | undefined =>
  event.change || mayChange(event, settings) ? undefined : (event.message?.run ?? event.task?.run);

const hearApplied = (services: Services, heard: HeardEvent, run: string | undefined): Promise<void> =>
  run === undefined ? hearByAll(services, heard) : listenOne(services, heard, run);

const hearByAll = async (services: Services, heard: HeardEvent): Promise<void> => {
  const entries = await readEntries(services.store, heard.contact.id);
  const hasEnded = await listenRuns(services, heard, entries);
  await enterJourneys(
    services,
    heard,
    hasEnded ? await readEntries(services.store, heard.contact.id) : entries,
  );
};

const enterJourneys = async (
  services: Services,
  heard: HeardEvent,
  entries: readonly Entry[],
): Promise<void> => {
  if (heard.event.depth > maxDepth) return;
  const { event } = heard;
  let handed: Entrance | undefined;
  for (const journey of await enterable(services)) {
    const entrance = await enterOne(services, journey, heard, entries);
    if (isHandedTo(event, journey.id)) handed = entrance;
  }
  await tellHandingRun(services, event, handed);
};

type Enterable = JourneyRecord & { version: number };

/** A paused journey takes contacts in and holds them at the first thing it would do; an archived one is closed. */
const enterable = ({ catalogue, store }: Services): Promise<Enterable[]> =>
  catalogue.cached('journeys-to-enter', async () =>
    (await listJourneys(store)).filter(
      (journey): journey is Enterable =>
        (journey.status === 'live' || journey.status === 'paused') && journey.version !== undefined,
    ),
  );

/** Events that are no trigger of the journey are not worth a word. */
const noteRefusal = async (
  { store, context }: Services,
  { id: journey, version }: Enterable,
  { event }: HeardEvent,
  reason: string,
): Promise<void> => {
  if (reason === 'not-triggered') return;
  if (reason === 'no-key') context.log.warn('entry-without-key', { journey, event: event.id });
  await putRefusal(store, { contact: event.contact, event: event.id, journey, version, reason });
};

const enterOne = async (
  services: Services,
  journey: Enterable,
  heard: HeardEvent,
  entries: readonly Entry[],
): Promise<Entrance | undefined> => {
  try {
    const entrance = await enter(services, journey, heard, entries);
    if (entrance.kind === 'refused') await noteRefusal(services, journey, heard, entrance.reason);
    return entrance;
  } catch (error) {
    if (!(error instanceof BrokenVersion)) throw error;
    services.context.log.error('version-broken', {
      journey: journey.id,
      version: journey.version,
      message: error.message,
    });
    return undefined;
  }
};
