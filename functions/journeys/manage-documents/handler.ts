import type { FunctionContext, LambdaHandler } from '#aws/function-context';
import { empty, type HttpAnswer, json } from '#http/answer';
import { jsonBody } from '#http/body';
import { etag, requireMatch } from '#http/etag';
import { type HttpWork, httpHandler } from '#http/handler';
import { type HttpRequest, parameter } from '#http/request';
import { noSuch, Refusal } from '#kernel/errors';
import { hasErrors, type Issue } from '#kernel/issue';
import { documentId } from '#model/document-text';
import {
  getDocument,
  listDocuments,
  type NewDocument,
  putWithOthers,
  removeDocument,
  type StoredDocument,
} from '#store/catalogue/documents';
import type { DocumentKind } from '#store/keys';
import { checkStored, fieldsOf, sourceOf } from '../publishing/documents.ts';
import { loadParts, recompile, withPart } from '../publishing/parts.ts';
import { loadReferences } from '../publishing/references.ts';
import { usersOf } from '../publishing/uses.ts';
import { openServices, type Services } from '../services.ts';
import type { ListedDocument } from './listed.ts';

const maxBytes = 1024 * 1024;

const works = { PUT: put, GET: get, DELETE: remove } as const;

export const createHandler = (context: FunctionContext): LambdaHandler => {
  const services = openServices(context);
  const routes: Record<string, HttpWork> = {};
  for (const kind of ['template', 'layout', 'partial', 'form', 'segment'] as const)
    for (const [method, work] of Object.entries(works))
      routes[`${method} /v1/${kind}s/{id}`] = (request) => work(services, kind, request);
  for (const kind of ['template', 'form'] as const) routes[`GET /v1/${kind}s`] = () => list(services, kind);
  return httpHandler(context, { store: services.store }, routes);
};

const changed = (): Refusal =>
  new Refusal(412, 'changed-meanwhile', 'Somebody changed this since you read it. Read it again.');

const idIn = (request: HttpRequest): string => parameter(request, 'id');

const find = async ({ store }: Services, kind: DocumentKind, id: string): Promise<StoredDocument> => {
  const found = await getDocument(store, kind, id);
  if (!found) throw noSuch(kind, id);
  return found;
};

async function list({ store }: Services, kind: 'template' | 'form'): Promise<HttpAnswer> {
  const documents = await listDocuments(store, kind);
  const listed = documents.map(({ id, updatedAt, owner, document }): ListedDocument => {
    const { name, channel, subject } = sourceOf(kind, document) as Partial<ListedDocument>;
    return {
      ...{ id, updatedAt, owner },
      ...(name === undefined ? {} : { name }),
      ...(channel === undefined ? {} : { channel }),
      ...(subject === undefined ? {} : { subject }),
    };
  });
  return json(200, { [`${kind}s`]: listed });
}

async function get(services: Services, kind: DocumentKind, request: HttpRequest): Promise<HttpAnswer> {
  const found = await find(services, kind, idIn(request));
  return json(200, sourceOf(kind, found.document), { etag: etag(found.etag) });
}

/** Answers with the warnings; refuses with every error at once. Runs keep the templates they started with. */
async function put(services: Services, kind: DocumentKind, request: HttpRequest): Promise<HttpAnswer> {
  const id = idIn(request);
  const source = jsonBody(request, maxBytes);
  await services.catalogue.renew();
  const before = await getDocument(services.store, kind, id);
  requireMatch(request, before && etag(before.etag));
  const checked = await check(services, kind, id, source);
  const whenEtag = request.headers['if-match'] === undefined ? undefined : before?.etag;
  const stored = await putWithOthers(
    services.store,
    { kind, id, document: checked.stored, owner: 'api', whenEtag },
    checked.others,
  );
  if (!stored) throw changed();
  const warnings = [...checked.issues, ...takeover(kind, before)];
  const body = { id, etag: stored.etag, updatedAt: stored.updatedAt, issues: warnings };
  return json(before ? 200 : 201, body, { etag: etag(stored.etag) });
}

interface Checked {
  stored: unknown;
  issues: Issue[];
  /** Templates in which it stands, as they are with it. */
  others: NewDocument[];
}

const check = async (
  services: Services,
  kind: DocumentKind,
  id: string,
  source: unknown,
): Promise<Checked> => {
  const references = await loadReferences(services);
  const [client, known] = [await services.catalogue.client(), await loadParts(services.catalogue)];
  const parts = kind === 'layout' || kind === 'partial' ? withPart(known, kind, id, source) : known;
  const { stored, issues } = await checkStored(kind, id, source, client, { references, parts });
  const wrong = [...idIssues(id), ...issues];
  if (stored === undefined || hasErrors(wrong)) throw invalid(kind, wrong);
  const surroundings = { parts, ...fieldsOf(references) };
  const users = await recompile(services.store, client, surroundings, (_, uses) =>
    uses.includes(`${kind}s/${id}`),
  );
  if (hasErrors(users.issues)) throw invalid(kind, [...wrong, ...users.issues]);
  const others = users.templates.map(
    ({ before: { id: user, owner, etag: whenEtag }, stored: document }): NewDocument => ({
      ...{ kind: 'template', id: user, document, owner, whenEtag },
    }),
  );
  return { stored, issues, others };
};

const invalid = (kind: DocumentKind, issues: Issue[]): Refusal =>
  new Refusal(422, `invalid-${kind}`, `The ${kind} has errors; see issues.`, { issues });

/** As with journeys: one owner at a time. */
const takeover = (kind: DocumentKind, before: StoredDocument | undefined): Issue[] =>
  before?.owner === 'folder'
    ? [
        {
          ...{ code: 'taken-from-folder', severity: 'warning', path: '' },
          message: `the ${kind} "${before.id}" came with the client's folder; from now on it belongs to the API and deployments leave it alone`,
        },
      ]
    : [];

const idIssues = (id: string) => {
  const parsed = documentId.safeParse(id);
  return parsed.success
    ? []
    : [
        {
          code: 'invalid-id',
          severity: 'error' as const,
          path: '',
          message: `the id in the address cannot be used: ${parsed.error.issues[0]?.message}`,
        },
      ];
};

async function remove(services: Services, kind: DocumentKind, request: HttpRequest): Promise<HttpAnswer> {
  const id = idIn(request);
  await services.catalogue.renew();
  const found = await find(services, kind, id);
  requireMatch(request, etag(found.etag));
  if (found.owner === 'folder')
    throw new Refusal(
      409,
      'owned-by-folder',
      `This ${kind} comes from the client's folder (${kind}s/${id}.json) and would come back with it. Remove the file; then PUT it once, which makes it the API's, and DELETE it.`,
    );
  const users = await usersOf(services, kind, id);
  if (users.length > 0)
    throw new Refusal(
      409,
      'in-use',
      `This ${kind} is used by ${users.join(', ')}. Archive or change them first, and let runs under way end.`,
    );
  if (!(await removeDocument(services.store, kind, id, found.etag))) throw changed();
  return empty(204);
}
