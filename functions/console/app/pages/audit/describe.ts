import type * as z from 'zod';
import type { actSchema } from '#functions/api/read-audit/schemas';
import type { Tone } from '../../parts/note.tsx';
import { words } from '../../words/words.ts';

export type Act = z.output<typeof actSchema>;

/** `PUT /v1/journeys/{id}` as people say it; what is no route stays as it is. */
export const whatOf = ({ what }: Act): string => {
  const [, method = '', route = ''] = /^([A-Z]+) \/v1\/(.+)$/.exec(what) ?? [];
  const verb = words.audit.verbs[method];
  return verb === undefined ? what : `${verb} ${route.replaceAll(/\/\{\w+\}/g, '')}`;
};

/** Where what was done can be looked at. */
export const placeOf = ({ subject }: Act): string | undefined =>
  /^(?:journeys|contacts|templates|forms|segments)\/[\w-]+$/.test(subject) ? `/${subject}` : undefined;

export const resultOf = ({ status }: Act): { text: string; tone: Tone } => {
  if (status === undefined) return { text: words.audit.open, tone: 'warn' };
  return { text: String(status), tone: status < 400 ? 'good' : status < 500 ? 'warn' : 'bad' };
};

export interface Filter {
  actor: string;
  subject: string;
  days: string;
}

/** @param now to the minute, so that a page that is drawn again asks nothing new */
export const queryOf = ({ actor, subject, days }: Filter, now: number, cursor?: string): string => {
  const since = new Date(Math.floor(now / 60_000) * 60_000 - Number(days) * 86_400_000).toISOString();
  const query = new URLSearchParams({ since, limit: '50' });
  if (actor.trim() !== '') query.set('actor', actor.trim());
  if (subject.trim() !== '') query.set('subject', subject.trim());
  if (cursor !== undefined) query.set('cursor', cursor);
  return String(query);
};
