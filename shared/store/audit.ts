import { iso } from '#kernel/clock';
import { newId } from '#kernel/ids';
import type { Role } from '#model/role';
import { audit } from './keys.ts';
import type { Store } from './store.ts';
import type { Item, TableQuery } from './table.ts';

/** Who did it: a token, or whoever deploys. */
export interface Actor {
  /** Of a token, or `deployment`. */
  id: string;
  name: string;
  role?: Role;
}

/** One administrative act. Ids only: no body, no query and nothing of what it changed. */
export interface Act {
  id: string;
  /** ISO; when it began. */
  at: string;
  actor: Actor;
  /** The route (`POST /v1/journeys/{id}/publish`), or what a deployment does (`deploy journey`). */
  what: string;
  /** `journeys/hello`, or the kind alone where nothing of it is named. */
  subject: string;
  /** HTTP status of the answer; missing while it is under way, and for ever where a crash came between. */
  status?: number;
  /** API Gateway's id of the request, as in the logs. */
  request?: string;
}

export const newAct = (store: Store, act: Omit<Act, 'id' | 'at'>): Act => ({
  id: newId(),
  at: iso(store.clock.now()),
  ...act,
});

const toItem = ({ id, actor: { id: actor, name, role }, ...act }: Act): Item => ({
  ...{ ...act, actor, actorName: name },
  ...(role === undefined ? {} : { actorRole: role }),
});

const fromItem = ({ at, sk, actor, actorName, actorRole, what, subject, status, request }: Item): Act => ({
  id: String(sk).slice(-20),
  at: String(at),
  actor: {
    ...{ id: String(actor), name: String(actorName) },
    ...(actorRole === undefined ? {} : { role: actorRole as Role }),
  },
  ...{ what: String(what), subject: String(subject) },
  ...(status === undefined ? {} : { status: Number(status) }),
  ...(request === undefined ? {} : { request: String(request) }),
});

/** Kept before the act and, with its status, before the answer: the later one replaces the earlier. */
export const keepAct = (store: Store, act: Act): Promise<void> =>
  store.audit.put({ ...toItem(act), ...audit.act(act.at, act.id), ...store.auditKeptUntil(act.at) });

export interface ActsWanted {
  /** Inclusive (ISO). */
  since: string;
  until: string;
  actor?: string | undefined;
  subject?: string | undefined;
  /** Go on behind this one. */
  after?: { at: string; id: string } | undefined;
  limit: number;
}

/** The months of a time, the latest first. */
const monthsOf = ({ since, until }: ActsWanted): string[] => {
  const months: string[] = [];
  for (let month = until.slice(0, 7); month >= since.slice(0, 7); ) {
    months.push(month);
    const [year = 0, number = 0] = month.split('-').map(Number);
    month = iso(Date.UTC(year, number - 2)).slice(0, 7);
  }
  return months;
};

/** Where acts are looked for: those of one actor or subject stand together, all others by month. */
const placesOf = (wanted: ActsWanted): Pick<TableQuery, 'pk' | 'index'>[] => {
  const { actor, subject } = wanted;
  if (subject !== undefined) return [{ pk: subject, index: 'by-subject' }];
  if (actor !== undefined) return [{ pk: actor, index: 'by-actor' }];
  return monthsOf(wanted).map((month) => ({ pk: audit.month(month) }));
};

/** Where a query goes on: the keys of the last act, with those of the index. */
const behind = ({ at, id }: Pick<Act, 'at' | 'id'>, { actor, subject }: ActsWanted): Item => ({
  ...audit.act(at, id),
  ...(subject === undefined ? (actor === undefined ? {} : { actor }) : { subject }),
});

/** Newest first; only where actor and subject are asked for together is something read and left out. */
export const listActs = async (store: Store, wanted: ActsWanted): Promise<Act[]> => {
  const { since, until, actor, limit } = wanted;
  if (since > until) return [];
  const found: Act[] = [];
  let last = wanted.after;
  for (const place of placesOf(last ? { ...wanted, until: last.at } : wanted)) {
    for (let size = limit; size > 0 && found.length < limit; ) {
      const items = await store.audit.query({
        ...{ ...place, from: since, to: `${until}$`, descending: true, limit: size },
        // Behind the act of another month there is nothing to leave out.
        ...(last && isIn(place, last) ? { after: behind(last, wanted) } : {}),
      });
      const acts = items.map(fromItem);
      found.push(...acts.filter((act) => actor === undefined || act.actor.id === actor));
      last = acts.at(-1) ?? last;
      size = items.length < size ? 0 : limit - found.length;
    }
  }
  return found.slice(0, limit);
};

const isIn = ({ pk, index }: Pick<TableQuery, 'pk' | 'index'>, { at }: Pick<Act, 'at'>): boolean =>
  index !== undefined || pk === audit.month(at.slice(0, 7));

const hourMs = 3_600_000;

/** To the hour, so that it is written once an hour. */
export const keepUse = (store: Store, token: string): Promise<void> => {
  const hour = Math.floor(store.clock.now() / hourMs) * hourMs;
  return store.audit.put({ ...audit.use(token), usedAt: iso(hour) });
};

/** By token: the hour in which it was last used. */
export const listUses = async (store: Store): Promise<ReadonlyMap<string, string>> =>
  new Map(
    (await store.audit.query({ pk: audit.uses })).map(({ sk, usedAt }) => [String(sk), String(usedAt)]),
  );
