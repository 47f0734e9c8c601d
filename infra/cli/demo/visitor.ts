import { durationMs } from '#kernel/durations';
import { type ApiOptions, call } from '../api.ts';
import type { TimelineEntry } from '../output/timeline.ts';
import { type Deed, emailOf, type Person } from './people.ts';

const writeKey = 'wk_acme';
const shopOrigin = 'https://www.acme.example';

export interface OutboxEntry {
  at: string;
  channel: string;
  to: string;
  sendId: string;
  subject?: string;
  text?: string;
  html?: string;
  raw?: string;
  headers?: Record<string, string>;
}

/** What somebody was going to do, but the message has not come yet. */
export const notYet = Symbol('not yet');

/** Everything the demo does to the world goes through this: plain HTTP, as websites, readers and colleagues do. */
export const createVisitor = (api: ApiOptions) => {
  const post = async (path: string, init: RequestInit): Promise<Response> => {
    const response = await fetch(new URL(path, api.url), { method: 'POST', redirect: 'manual', ...init });
    if (response.status >= 400)
      throw new Error(`POST ${path} answered ${response.status}: ${await response.text()}`);
    return response;
  };
  const postJson = (path: string, body: unknown): Promise<Response> =>
    post(path, {
      headers: { 'content-type': 'application/json', authorization: `Basic ${btoa(`${writeKey}:`)}` },
      body: JSON.stringify(body),
    });

  const comes = async (person: Person, now: number): Promise<void> => {
    if (person.comes.by === 'form') await sendsForm(person, person.comes);
    else await isSeenInShop(person, person.comes, now);
  };
  const sendsForm = async (
    person: Person,
    { companySize, consent }: Extract<Person['comes'], { by: 'form' }>,
  ): Promise<void> => {
    const fields = new URLSearchParams({
      email: emailOf(person),
      firstName: person.firstName,
      lastName: person.lastName,
      companySize: String(companySize),
      timezone: person.timezone,
      website: '',
      ...(consent ? { consent: 'yes' } : {}),
    });
    const headers = {
      'content-type': 'application/x-www-form-urlencoded',
      accept: 'text/html',
      origin: shopOrigin,
    };
    const response = await post('/v1/forms/demo-request', { headers, body: fields.toString() });
    if (response.status !== 303)
      throw new Error(`the form answered ${response.status}, not the thank-you page`);
  };
  const isSeenInShop = async (
    person: Person,
    shop: Extract<Person['comes'], { by: 'events' }>,
    now: number,
  ): Promise<void> => {
    const { engagement, lastPurchaseDaysAgo, phone } = shop;
    await postJson('/v1/identify', {
      userId: userIdOf(person),
      traits: {
        email: emailOf(person),
        firstName: person.firstName,
        lastName: person.lastName,
        timezone: person.timezone,
        engagement,
        consent: phone ? ['email', 'sms'] : ['email'],
        ...(phone ? { phone } : {}),
        ...(lastPurchaseDaysAgo === undefined
          ? {}
          : { lastPurchaseAt: new Date(now - lastPurchaseDaysAgo * 86_400_000).toISOString() }),
      },
    });
    await postJson('/v1/track', {
      userId: userIdOf(person),
      event: 'Engagement Reviewed',
      properties: { by: 'nightly review' },
    });
  };

  const timeline = async (person: Person): Promise<TimelineEntry[]> => {
    const contact = (await call(api, 'GET', `/v1/contacts?email=${encodeURIComponent(emailOf(person))}`)) as {
      id: string;
    };
    const { entries } = (await call(api, 'GET', `/v1/contacts/${contact.id}/timeline`)) as {
      entries: TimelineEntry[];
    };
    return entries;
  };
  /** The send of a template that reached the person. */
  const sendOf = async (person: Person, template: string): Promise<string | undefined> => {
    const sends = (await timeline(person)).filter((e) => e.kind === 'send' && e.details.status === 'sent');
    return sends.find((e) => e.details.template === template)?.details.id as string | undefined;
  };
  const outbox = async (): Promise<OutboxEntry[]> =>
    (await fetch(new URL('/local/outbox', api.url))).json() as Promise<OutboxEntry[]>;
  const feedback = (body: Record<string, unknown>): Promise<Response> =>
    post('/local/feedback', { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

  const reacts = async (
    person: Person,
    template: string,
    body: Record<string, unknown>,
  ): Promise<typeof notYet | undefined> => {
    const sendId = await sendOf(person, template);
    if (!sendId) return notYet;
    await feedback({ sendId, ...body });
    return undefined;
  };
  /** The one click of RFC 8058, as a mailbox provider makes it: the address of the header, no cookie, no page. */
  const unsubscribes = async (person: Person, template: string): Promise<typeof notYet | undefined> => {
    const sendId = await sendOf(person, template);
    const mail = sendId && (await outbox()).find((entry) => entry.sendId === sendId);
    if (!mail) return notYet;
    const link = /<(https?:[^>]+)>/.exec(mail.headers?.['list-unsubscribe'] ?? '')?.[1];
    if (!link) throw new Error(`the mail ${sendId} has no List-Unsubscribe header`);
    await post(new URL(link).pathname, {
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'List-Unsubscribe=One-Click',
    });
    return undefined;
  };
  const texts = async (person: Person, text: string): Promise<typeof notYet | undefined> => {
    const phone = person.comes.by === 'events' ? person.comes.phone : undefined;
    const message = (await outbox()).findLast((entry) => entry.channel === 'sms' && entry.to === phone);
    if (!message) return notYet;
    await feedback({ sendId: message.sendId, type: 'reply', text });
    return undefined;
  };
  const answersCall = async (person: Person, outcome: string): Promise<typeof notYet | undefined> => {
    const task = (await timeline(person)).find((e) => e.kind === 'step' && e.step === 'call');
    if (!task) return notYet;
    await call(api, 'POST', `/v1/tasks/${task.details.run}.call/outcome`, JSON.stringify({ outcome }));
    return undefined;
  };
  /** Who came by the form signs in to the shop first: from then on the shop knows who it is. */
  const tracks = async (
    person: Person,
    event: string,
    properties: Record<string, unknown> = {},
  ): Promise<undefined> => {
    if (person.comes.by === 'form')
      await postJson('/v1/identify', { userId: userIdOf(person), traits: { email: emailOf(person) } });
    await postJson('/v1/track', { userId: userIdOf(person), event, properties });
  };
  const does = async (person: Person, deed: Deed): Promise<typeof notYet | undefined> => {
    if ('opens' in deed) return reacts(person, deed.opens, { type: 'open' });
    if ('clicks' in deed) return reacts(person, deed.clicks, { type: 'click' });
    if ('bounces' in deed) return reacts(person, deed.bounces, { type: 'bounce' });
    if ('complains' in deed) return reacts(person, deed.complains, { type: 'complaint' });
    if ('unsubscribes' in deed) return unsubscribes(person, deed.unsubscribes);
    if ('texts' in deed) return texts(person, deed.texts);
    if ('call' in deed) return answersCall(person, deed.call);
    return tracks(person, deed.tracks, deed.properties);
  };

  return {
    comes,
    does,
    timeline,
    outbox,
    clockTo: async (ms: number): Promise<void> => {
      await post('/local/clock', {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ to: new Date(ms).toISOString() }),
      });
    },
    runsUnderWay: async (): Promise<number> => {
      const executions = (await (await fetch(new URL('/local/executions', api.url))).json()) as {
        status: string;
      }[];
      return executions.filter(({ status }) => status === 'RUNNING').length;
    },
  };
};

export type Visitor = ReturnType<typeof createVisitor>;

const userIdOf = ({ firstName, lastName }: Person): string => `${firstName}-${lastName}`.toLowerCase();

export const afterMs = (deed: Deed): number => durationMs(deed.after);
