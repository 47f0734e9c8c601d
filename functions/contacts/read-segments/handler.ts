import type { FunctionContext, LambdaHandler } from '#aws/function-context';
import { type HttpAnswer, json } from '#http/answer';
import { jsonBodyOf } from '#http/body';
import { limitIn, openCursor, sealCursor } from '#http/cursor';
import { httpHandler } from '#http/handler';
import { type HttpRequest, parameter } from '#http/request';
import { noSuch } from '#kernel/errors';
import type { Segment } from '#model/segment';
import { type AudienceRecord, isBuilt, isCounted } from '#policy/segments/audience-record';
import { catalogueOf } from '#store/catalogue/catalogue';
import { getDocument, listDocuments, type StoredDocument } from '#store/catalogue/documents';
import { readComingRecord } from '#store/contacts/audience';
import { contactOfItem } from '#store/contacts/contacts';
import { listMembers, type Member, memberMark } from '#store/contacts/memberships';
import { areWatermarksFolded, audienceMark } from '#store/contacts/watermarks';
import { main } from '#store/keys';
import { countMembers } from '#store/runs/counters';
import { openStore, type Store } from '#store/store';
import { type Members, type SegmentSize, segmentQuestionSchema } from './answers.ts';
import { estimate } from './estimate.ts';
import { createSampler } from './sample.ts';

export const createHandler = (context: FunctionContext): LambdaHandler => {
  const store = openStore(context);
  const sample = createSampler(store);
  return httpHandler(
    context,
    { store },
    {
      'GET /v1/segments': () => listSizes(store),
      'GET /v1/segments/{id}/count': async (request) => {
        const document = await findSegment(store, parameter(request, 'id'));
        return json(200, await sizeOf(store, document, await readComingRecord(store)));
      },
      'POST /v1/segments/estimate': async (request) => {
        const question = jsonBodyOf(request, segmentQuestionSchema);
        await catalogueOf(store).renew();
        return json(200, await estimate(store, await sample(), question));
      },
      'GET /v1/segments/{id}/members': (request) => showMembers(store, request),
    },
  );
};

const findSegment = async (store: Store, id: string): Promise<StoredDocument> => {
  const found = await getDocument(store, 'segment', id);
  if (!found) throw noSuch('segment', id);
  return found;
};

const listSizes = async (store: Store): Promise<HttpAnswer> => {
  const [documents, record] = await Promise.all([listDocuments(store, 'segment'), readComingRecord(store)]);
  const sizes = documents.map((document) => sizeOf(store, document, record));
  return json(200, { segments: await Promise.all(sizes) });
};

const sizeOf = async (
  store: Store,
  { id, document, updatedAt, owner }: StoredDocument,
  record: AudienceRecord | undefined,
): Promise<SegmentSize> => ({
  id,
  name: (document as Segment).name,
  members: await countMembers(store, id),
  state: (await isReady(store, id, record)) ? 'ready' : 'building',
  updatedAt,
  owner,
});

/** Its members are found, and the count says so. */
const isReady = async (store: Store, id: string, record: AudienceRecord | undefined): Promise<boolean> =>
  isCounted(record, id) ||
  (isBuilt(record, id) && (await areWatermarksFolded(store, audienceMark(record?.complete ?? 0))));

/** BatchGetItem takes no more keys. */
const mostMembers = 100;

const showMembers = async (store: Store, request: HttpRequest): Promise<HttpAnswer> => {
  const { id: segment } = await findSegment(store, parameter(request, 'id'));
  const limit = limitIn(request.query, mostMembers);
  // The place after which a page begins, not its number: who comes and goes meanwhile moves nobody.
  const list = `members ${segment}`;
  const before = await openCursor(store, list, request.query.get('cursor'));
  const found = await listMembers(store, { segment, before, limit: limit + 1 });
  const page = found.slice(0, limit);
  const last = page.at(-1);
  const next = found.length > limit && last ? await sealCursor(store, list, memberMark(last)) : null;
  const body: Members = { segment, members: await withContacts(store, segment, page), next };
  return json(200, body);
};

/** The index may lag behind: who has gone meanwhile is left out. */
const withContacts = async (store: Store, segment: string, page: Member[]): Promise<Members['members']> => {
  if (page.length === 0) return [];
  const items = await store.main.getMany(page.map(({ contact }) => main.profile(contact)));
  const contacts = new Map(
    items.map((item) => contactOfItem(item, store.clock.now())).map((contact) => [contact.id, contact]),
  );
  return page.flatMap(({ contact: id, since }) => {
    const contact = contacts.get(id);
    return contact?.segments?.includes(segment) ? [{ since, contact }] : [];
  });
};
