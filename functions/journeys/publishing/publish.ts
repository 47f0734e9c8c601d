import { isDeepStrictEqual } from 'node:util';
import { iso } from '#kernel/clock';
import { Refusal } from '#kernel/errors';
import type { JourneyRecord, JourneyVersion } from '#model/journey';
import { compile } from '#statemachines/compile/compile';
import type { Journey } from '#statemachines/document/schema';
import { bumpRevisionWrite, newVersionWrite, readVersion, saveJourneyWrite } from '#store/catalogue/journeys';
import { readSending, sendingUnchangedCheck } from '#store/catalogue/sending';
import type { StoredTemplate } from '#store/catalogue/stored-template';
import { newGateWrites } from '#store/runs/gates';
import type { Store } from '#store/store';
import { type TableWrite, TransactionRefused, transact } from '#store/table';
import type { Services } from '../services.ts';
import { freezeMachine, type Machine } from './freeze-machine.ts';
import { cappedChannels, namesIn } from './uses.ts';

export interface Publication {
  record: JourneyRecord;
  text: string;
  document: Journey;
  /** Made by the deployment; else it is made here. */
  machine?: Machine | undefined;
}

/**
 * Freezes document, templates and machine as the next version, and lets new runs start on it. Nothing
 * counts before the one transaction at the end. The same again is no new version.
 */
export const publish = async (services: Services, publication: Publication): Promise<JourneyRecord> => {
  const { record, text, document } = publication;
  const { text: asl } = compile(document, { runStep: services.context.settings.runStepFunction });
  const machine = publication.machine ?? (await freezeMachine(services.context, record.id, asl));
  const templates = await templatesOf(services, document);
  const frozen = { document: text, asl, templates, versionArn: machine.versionArn };
  if (record.status !== 'archived' && (await isPublished(services, record, frozen))) return record;
  const now = iso(services.store.clock.now());
  const version: JourneyVersion = {
    journey: record.id,
    version: (record.version ?? 0) + 1,
    publishedAt: now,
    ...frozen,
  };
  const next: JourneyRecord = {
    ...record,
    name: document.name,
    // A pause outlives a publish: somebody paused it for a reason.
    status: record.status === 'paused' ? 'paused' : 'live',
    version: version.version,
    ...machine,
    ...askedOf(document),
    updatedAt: now,
  };
  await commit(services, record, next, version);
  return { ...next, rev: next.rev + 1 };
};

/** What others need to know of the version without reading it. */
const askedOf = ({ enter, sending, steps }: Journey): Required<Pick<JourneyRecord, 'dates' | 'capped'>> => ({
  dates: enter.on.filter((on) => 'date' in on),
  capped: cappedChannels([sending, steps]),
});

const isPublished = async (
  { store }: Services,
  { id, version }: JourneyRecord,
  frozen: Pick<JourneyVersion, 'document' | 'asl' | 'templates' | 'versionArn'>,
): Promise<boolean> => {
  const current = version === undefined ? undefined : await readVersion(store, id, version);
  if (!current) return false;
  const { document, asl, templates, versionArn } = current;
  return isDeepStrictEqual({ document, asl, templates, versionArn }, frozen);
};

const commit = async (
  { store }: Services,
  before: JourneyRecord,
  next: JourneyRecord,
  version: JourneyVersion,
): Promise<void> => {
  try {
    await transact(store.dynamodb, [
      saveJourneyWrite(store, next),
      await newVersionWrite(store, version),
      bumpRevisionWrite(store),
      // Later publishes leave the gates alone: claims are checking them all the time.
      ...(before.version === undefined ? await firstGates(store, before.id) : []),
    ]);
  } catch (error) {
    if (!(error instanceof TransactionRefused)) throw error;
    throw changedMeanwhile(error);
  }
};

/** Also of what is stopped for the whole client, just now too. */
const firstGates = async (store: Store, journey: string): Promise<TableWrite[]> => {
  const sending = await readSending(store);
  return [...newGateWrites(store, journey, sending), sendingUnchangedCheck(store, sending)];
};

export const changedMeanwhile = (cause?: unknown): Refusal =>
  new Refusal(
    409,
    'changed-meanwhile',
    'Somebody changed this journey at the same moment. Look at it and try again.',
    { cause },
  );

/** The templates that the steps name, as they are now. */
const templatesOf = async (
  { catalogue }: Services,
  document: Journey,
): Promise<JourneyVersion['templates']> => {
  const stored = await catalogue.documents<StoredTemplate>('template');
  const named = [...namesIn(document.steps, 'template')].sort();
  return Object.fromEntries(
    named.map((id) => {
      const template = stored.get(id);
      if (!template) throw changedMeanwhile();
      return [id, template.compiled];
    }),
  );
};
