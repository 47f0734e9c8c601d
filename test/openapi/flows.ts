import createClient from 'openapi-fetch';
// Made from the served description when the test runs (`generate-client.ts`).
import type { paths } from '../../cdk.out/api-client/schema.ts';

/**
 * What a program does that was written against the generated types, and knows nothing else of the API. The
 * compiler holds it to the description; the embedded world then answers it.
 */

export interface Where {
  baseUrl: string;
  fetch: (request: Request) => Promise<Response>;
}

const open = ({ baseUrl, fetch }: Where, authorization: string) =>
  createClient<paths>({ baseUrl, fetch, headers: { authorization } });

/** Throws what the API says against it. */
const done = <T>({ data, error }: { data?: T; error?: unknown }): T => {
  if (data === undefined) throw new Error(JSON.stringify(error));
  return data;
};

/** An admin makes a token for a publisher, who turns out to be one. */
export const makePublisher = async (where: Where, adminToken: string) => {
  const admin = open(where, `Bearer ${adminToken}`);
  const made = done(
    await admin.POST('/v1/tokens', {
      body: { name: 'generated client', role: 'publisher', validFor: '1 day' },
    }),
  );
  const me = done(await open(where, `Bearer ${made.token}`).GET('/v1/me'));
  return { token: made.token, id: made.id, role: me.role, client: me.client };
};

/** A journey from its draft to its first version, a lost edit told on the way. */
export const publishJourney = async (where: Where, token: string) => {
  const api = open(where, `Bearer ${token}`);
  const body = {
    ...{ wayleaf: 1 as const, id: 'generated', name: 'By a generated client' },
    enter: { on: [{ event: 'Signed Up' }] },
    steps: [{ id: 'pause', type: 'wait' as const, for: '1 day' }],
  };
  const path = { id: 'generated' };
  const draft = done(await api.PUT('/v1/journeys/{id}', { params: { path }, body }));
  const header = { 'If-Match': '"of-somebody-else"' };
  const lost = await api.POST('/v1/journeys/{id}/publish', { params: { path, header } });
  const published = done(await api.POST('/v1/journeys/{id}/publish', { params: { path } }));
  const { journeys } = done(await api.GET('/v1/journeys'));
  const { status, version } = published;
  const listed = journeys.map(({ id }) => id);
  return { draft: draft.status, lost: lost.error?.code, status, version, listed };
};

/** A website sends an event; whoever may looks at the contact and gives it a name. */
export const knowSomebody = async (where: Where, token: string, writeKey: string) => {
  const website = open(where, `Basic ${btoa(`${writeKey}:`)}`);
  const traits = { email: 'ada@example.com', consent: ['email'] };
  const { success } = done(await website.POST('/v1/identify', { body: { userId: 'ada', traits } }));
  const api = open(where, `Bearer ${token}`);
  const contact = done(await api.GET('/v1/contacts', { params: { query: { userId: 'ada' } } }));
  if (!('id' in contact)) throw new Error('asked by an id, it answers one contact');
  const path = { id: contact.id };
  const named = done(
    await api.PATCH('/v1/contacts/{id}', { params: { path }, body: { set: { firstName: 'Ada' } } }),
  );
  const refused = await website.GET('/v1/contacts/{id}', { params: { path } });
  return { success, id: contact.id, firstName: named.fields.firstName, refused: refused.error?.code };
};

/** Who did that stands in the audit, page by page. */
export const readAudit = async (where: Where, adminToken: string, actor: string) => {
  const admin = open(where, `Bearer ${adminToken}`);
  const found: string[] = [];
  let cursor: string | undefined;
  do {
    const query = { actor, limit: 2, ...(cursor === undefined ? {} : { cursor }) };
    const { entries, next } = done(await admin.GET('/v1/audit', { params: { query } }));
    found.push(...entries.map(({ what, status = 0 }) => `${what} ${status}`));
    cursor = next ?? undefined;
  } while (cursor !== undefined);
  return found;
};
