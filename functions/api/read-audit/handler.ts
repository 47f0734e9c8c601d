import type * as z from 'zod';
import type { FunctionContext, LambdaHandler } from '#aws/function-context';
import { type HttpAnswer, json } from '#http/answer';
import { limitIn, openCursor, sealCursor } from '#http/cursor';
import { httpHandler } from '#http/handler';
import type { HttpRequest } from '#http/request';
import { iso } from '#kernel/clock';
import { Refusal } from '#kernel/errors';
import { type ActsWanted, listActs } from '#store/audit';
import { openStore, type Store } from '#store/store';
import type { auditSchema } from './schemas.ts';

interface Services {
  store: Store;
  keptMs: number;
}

const mostEntries = 100;
const monthMs = 31 * 86_400_000;

const invalid = (message: string): Refusal => new Refusal(400, 'invalid-query', message);

const timeIn = (query: URLSearchParams, name: string): number | undefined => {
  const text = query.get(name);
  if (text === null) return undefined;
  const ms = Date.parse(text);
  if (!Number.isNaN(ms)) return ms;
  throw invalid(`"${name}" is a time in ISO 8601.`);
};

const textIn = (query: URLSearchParams, name: string): string | undefined => {
  const text = query.get(name);
  if (text === null) return undefined;
  if (text !== '' && text.length <= 200) return text;
  throw invalid(`"${name}" has 1 to 200 characters.`);
};

/** The last month, unless the question says otherwise; never beyond what can be there. */
const wantedBy = ({ store, keptMs }: Services, query: URLSearchParams): ActsWanted => {
  const now = store.clock.now();
  const until = Math.min(timeIn(query, 'until') ?? now, now);
  const since = Math.max(timeIn(query, 'since') ?? until - monthMs, now - keptMs);
  const [actor, subject] = [textIn(query, 'actor'), textIn(query, 'subject')];
  return { since: iso(since), until: iso(until), actor, subject, limit: limitIn(query, mostEntries) };
};

/** A cursor holds the times, so that what happens meanwhile moves no page. */
interface Place {
  since: string;
  until: string;
  after: { at: string; id: string };
}

const showAudit = async (services: Services, { query }: HttpRequest): Promise<HttpAnswer> => {
  const { store } = services;
  const wanted = wantedBy(services, query);
  const list = JSON.stringify(['audit', wanted.actor ?? null, wanted.subject ?? null]);
  const place = await openCursor(store, list, query.get('cursor'));
  const asked: ActsWanted = { ...wanted, ...(place === undefined ? {} : (JSON.parse(place) as Place)) };
  const found = await listActs(store, { ...asked, limit: asked.limit + 1 });
  const entries = found.slice(0, asked.limit);
  const last = entries.at(-1);
  const { since, until } = asked;
  const next =
    found.length > entries.length && last
      ? await sealCursor(store, list, JSON.stringify({ since, until, after: { at: last.at, id: last.id } }))
      : null;
  return json(200, { entries, next } satisfies z.output<typeof auditSchema>);
};

export const createHandler = (context: FunctionContext): LambdaHandler => {
  const store = openStore(context);
  const services = { store, keptMs: context.settings.auditRetentionSeconds * 1000 };
  return httpHandler(context, { store }, { 'GET /v1/audit': (request) => showAudit(services, request) });
};
