import { isDeepStrictEqual } from 'node:util';
import type { Parts } from '#channels/compile/parts/parts';
import { issuesOf } from '#http/zod-issues';
import type { Issue } from '#kernel/issue';
import { hasErrors } from '#kernel/issue';
import { type Client, clientSchema } from '#model/client';
import type { JourneyRecord } from '#model/journey';
import { checkDocument } from '#statemachines/checks/check';
import type { Journey } from '#statemachines/document/schema';
import { getClient, putClient } from '#store/catalogue/client';
import { getDocument, listDocuments, putDocument, type StoredDocument } from '#store/catalogue/documents';
import { readDraft, readJourney } from '#store/catalogue/journeys';
import type { StoredTemplate } from '#store/catalogue/stored-template';
import type { DocumentKind } from '#store/keys';
import { checkStored } from '../publishing/documents.ts';
import { draftEtag, saveDraft } from '../publishing/draft.ts';
import type { Machine } from '../publishing/freeze-machine.ts';
import { type PartKind, type Recompiled, recompile } from '../publishing/parts.ts';
import { publish } from '../publishing/publish.ts';
import { loadReferences } from '../publishing/references.ts';
import type { Services } from '../services.ts';
import type { Folder } from './folder.ts';

/** Everything wrong in the folder, at once: a deployment either counts or changes no journey. */
export class FolderRefused extends Error {
  override readonly name = 'FolderRefused';
}

export interface Deployed {
  /** Version that new runs start on, by journey. */
  journeys: Record<string, number>;
  /** What the API owns by now, and the deployment left alone. */
  left: string[];
  /** What is another than before: `journeys/hello`. */
  changed: string[];
}

/** Settings first, then what journeys name, then the journeys. The same folder again changes nothing. */
export const deploy = async (
  services: Services,
  folder: Folder,
  machines: Readonly<Record<string, Machine>>,
): Promise<Deployed> => {
  const client = await deployClient(services, folder.client);
  // Made once: functions that only verify with them may not make them.
  await services.store.keys();
  const parts = await partsFor(services, folder);
  const others = await templatesOfOthers(services, client, parts);
  const deployed: Deployed = { journeys: {}, left: [], changed: [] };
  const { left, changed } = deployed;
  for (const kind of ['layout', 'partial', 'template', 'form', 'segment'] as const)
    await deployDocuments(services, { client, parts, deployed }, kind, folder[`${kind}s`]);
  for (const { before, stored } of others) {
    await putDocument(services.store, 'template', before.id, stored, { owner: 'api', whenEtag: before.etag });
    changed.push(`templates/${before.id}`);
  }
  await services.catalogue.renew();
  const documents = await checkJourneys(services, folder.journeys);
  for (const [id, document] of documents) {
    const before = await readJourney(services.store, id);
    const version = await deployJourney(services, before, {
      text: folder.journeys[id]!,
      document,
      machine: machines[id],
    });
    if (version === undefined) left.push(`journey ${id}`);
    else deployed.journeys[id] = version;
    if (version !== undefined && version !== before?.version) changed.push(`journeys/${id}`);
  }
  return deployed;
};

const refuse = (found: readonly [string, Issue[]][]): void => {
  const lines = found.flatMap(([file, issues]) =>
    issues
      .filter(({ severity }) => severity === 'error')
      .map(
        ({ line, column, path, code, message, file: own = file }) =>
          `${own}${line && own.startsWith('journeys/') ? '' : path && ` ${path}`}${line ? `:${line}:${column}` : ''} ${code} ${message}`,
      ),
  );
  if (lines.length > 0) throw new FolderRefused(lines.join('\n'));
};

const deployClient = async ({ store }: Services, source: unknown): Promise<Client> => {
  const parsed = clientSchema.safeParse(source);
  if (!parsed.success) refuse([['client.json', issuesOf(parsed.error)]]);
  const client = parsed.data as Client;
  if (!isDeepStrictEqual(await getClient(store), client)) await putClient(store, client);
  return client;
};

/** As they will be: those of the folder, but where the API owns one. */
const partsFor = async ({ store }: Services, folder: Folder): Promise<Parts> => {
  const together = async (kind: PartKind): Promise<ReadonlyMap<string, unknown>> => {
    const stored = await listDocuments(store, kind);
    const taken = stored.filter(({ owner }) => owner === 'api');
    return new Map([
      ...stored.map(({ id, document }) => [id, document] as const),
      ...Object.entries(folder[`${kind}s`]),
      ...taken.map(({ id, document }) => [id, document] as const),
    ]);
  };
  return { layouts: await together('layout'), partials: await together('partial') };
};

/** Templates of the API in which parts of the folder stand, where these changed. */
const templatesOfOthers = async (
  { store }: Services,
  client: Client,
  parts: Parts,
): Promise<Recompiled[]> => {
  const isMeant = ({ owner }: StoredDocument, uses: readonly string[]): boolean =>
    owner === 'api' && uses.length > 0;
  const { templates, issues } = await recompile(store, client, { parts }, isMeant);
  refuse([['templates', issues]]);
  return templates.filter(
    ({ before, stored }) => !isDeepStrictEqual((before.document as StoredTemplate).compiled, stored.compiled),
  );
};

const deployDocuments = async (
  services: Services,
  { client, parts, deployed }: { client: Client; parts: Parts; deployed: Deployed },
  kind: DocumentKind,
  sources: Readonly<Record<string, unknown>>,
): Promise<void> => {
  const { store } = services;
  const references = await referencesFor(services, kind, sources);
  const checked = await Promise.all(
    Object.entries(sources).map(
      async ([id, source]) =>
        [id, await checkStored(kind, id, source, client, { references, parts })] as const,
    ),
  );
  refuse(checked.map(([id, { issues }]) => [`${kind}s/${id}.json`, issues]));
  for (const [id, { stored }] of checked) {
    const before = await getDocument(store, kind, id);
    if (before?.owner === 'api') deployed.left.push(`${kind} ${id}`);
    else if (!before || !isDeepStrictEqual(before.document, stored)) {
      await putDocument(store, kind, id, stored, { owner: 'folder', whenEtag: before?.etag });
      deployed.changed.push(`${kind}s/${id}`);
    }
  }
};

/** Forms name templates, which are there by now. What fields there are is asked when a journey names a template. */
const referencesFor = async (
  services: Services,
  kind: DocumentKind,
  sources: Readonly<Record<string, unknown>>,
) => {
  if (kind === 'segment') return referencesBeside(services, sources);
  if (kind !== 'form') return {};
  await services.catalogue.renew();
  return loadReferences(services);
};

/** Segments may name each other: those of the folder, and those that only the API brought. */
const referencesBeside = async (services: Services, segments: Readonly<Record<string, unknown>>) => {
  await services.catalogue.renew();
  const references = await loadReferences(services);
  const stored = [...(await services.catalogue.segments())].filter(([id]) => !Object.hasOwn(segments, id));
  return { ...references, segments: new Map<string, unknown>([...stored, ...Object.entries(segments)]) };
};

const checkJourneys = async (
  services: Services,
  journeys: Folder['journeys'],
): Promise<[string, Journey][]> => {
  const references = await loadReferences(services);
  const all = new Map([...Object.keys(journeys).map((id) => [id, id] as const)]);
  const checked = Object.entries(journeys).map(([id, text]) => {
    return { id, ...checkDocument(text, { ...references, journeys: all, id }) };
  });
  refuse(checked.map(({ id, issues }) => [`journeys/${id}.journey.json`, issues]));
  return checked.flatMap(({ id, document, issues }) =>
    document && !hasErrors(issues) ? [[id, document]] : [],
  );
};

/** @returns the version, or undefined where the API owns the journey */
const deployJourney = async (
  services: Services,
  before: JourneyRecord | undefined,
  { text, document, machine }: { text: string; document: Journey; machine: Machine | undefined },
): Promise<number | undefined> => {
  if (before?.owner === 'api') {
    services.context.log.warn('journey-owned-by-api', { journey: document.id });
    return undefined;
  }
  if (!machine)
    throw new FolderRefused(
      `journeys/${document.id}.journey.json no-machine the deployment made no machine for it`,
    );
  // A deployment is not a person: what somebody archived stays archived until the document changes.
  const isUnchanged =
    before?.draftEtag === draftEtag(text) && (await readDraft(services.store, document.id)) !== undefined;
  const record = isUnchanged
    ? before
    : await saveDraft(services, before, { text, document, owner: 'folder' });
  if (isUnchanged && record.status === 'archived') return record.version;
  return (await publish(services, { record, text, document, machine })).version;
};
