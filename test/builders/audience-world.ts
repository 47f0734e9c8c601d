import { afterEach } from 'vitest';
import type { Condition } from '#conditions/schema';
import type { Report } from '#functions/reports/read-report/report';
import { readClientFolder } from '#infra/client-folder';
import { createWorld, type World, type WorldOptions } from '#infra/local/world';
import type { Contact } from '#model/contact';

/** Monday, ten o'clock in Berlin. */
const start = Date.parse('2026-03-02T09:00:00Z');

interface Entry {
  at: string;
  kind: string;
  text: string;
  journey?: string;
  details: { status?: string; reason?: string; ended?: { how: string; by?: string }; endedAt?: string };
}

/** The sample client without its own journeys and segments, with what a test of audiences asks of it. */
export const openAudience = async (options: WorldOptions = {}) => {
  const folder = { ...readClientFolder('acme'), journeys: {}, segments: {} };
  const world: World = await createWorld({ client: folder, start, seed: 1, logLevel: 'error', ...options });
  const headers = { authorization: `Bearer ${world.adminToken}` };
  const ask = async <T = Record<string, unknown>>(
    method: string,
    path: string,
    body?: unknown,
  ): Promise<{ status: number; json: T }> => {
    const answer = await world.http({
      method,
      path,
      headers,
      ...(body === undefined ? {} : { body }),
    } as never);
    return { status: answer.status, json: answer.text === '' ? ({} as T) : answer.json<T>() };
  };
  const insist = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const { status, json } = await ask<T>(method, path, body);
    if (status >= 300) throw new Error(`${method} ${path} ${status} ${JSON.stringify(json)}`);
    return json;
  };
  const send = async (path: string, body: object): Promise<void> => {
    const key = { authorization: `Basic ${btoa('wk_acme:')}` };
    const { status } = await world.http({ method: 'POST', path, headers: key, body } as never);
    if (status !== 200) throw new Error(`${path} ${status}`);
  };
  /** Events as a website sends them. */
  const post = send;
  const contact = (name: string) => insist<Contact>('GET', `/v1/contacts?userId=${name}`);
  const timeline = async (name: string): Promise<Entry[]> =>
    (await insist<{ entries: Entry[] }>('GET', `/v1/contacts/${(await contact(name)).id}/timeline`)).entries;

  return {
    ...{ world, ask, insist, post, contact, timeline },
    segment: (id: string, condition: Condition | object) =>
      insist('PUT', `/v1/segments/${id}`, { name: id, if: condition }),
    async publish(journey: { id: string } & Record<string, unknown>): Promise<void> {
      const document = {
        wayleaf: 1,
        name: journey.id,
        steps: [{ id: 'mark', type: 'update', addTags: [journey.id] }],
        ...journey,
      };
      await insist('PUT', `/v1/journeys/${journey.id}`, document);
      await insist('POST', `/v1/journeys/${journey.id}/publish`);
    },
    /** Without waiting for what comes of it. */
    identify: (userId: string, traits: object = {}) =>
      send('/v1/identify', {
        userId,
        traits: { email: `${userId}@example.com`, consent: ['email'], ...traits },
      }),
    track: (userId: string, event: string, more: object = {}) =>
      send('/v1/track', { userId, event, ...more }),
    drain: () => world.drain(),
    advance: (by: string | number) => world.advance(by),
    advanceTo: (iso: string) => world.advanceTo(Date.parse(iso)),
    /** When runs of a journey began. */
    async entered(name: string, journey: string): Promise<string[]> {
      return (await timeline(name))
        .filter(
          (entry) => entry.kind === 'run' && entry.journey === journey && entry.text.endsWith('started'),
        )
        .map(({ at }) => at);
    },
    /** How the runs of a journey ended, and when. */
    async ended(name: string, journey: string): Promise<string[]> {
      return (await timeline(name))
        .filter(
          (entry) => entry.kind === 'run' && entry.journey === journey && entry.text.includes(' ended: '),
        )
        .map(({ at, details }) => `${details.ended?.how} ${at}`);
    },
    segments: async (name: string): Promise<readonly string[]> => (await contact(name)).segments ?? [],
    mails: async (name: string) => (await world.outbox()).filter(({ to }) => to === `${name}@example.com`),
    report: (journey: string) => insist<Report>('GET', `/v1/journeys/${journey}/report`),
    close: () => world.close(),
  };
};
export type AudienceWorld = Awaited<ReturnType<typeof openAudience>>;

/** Opens worlds that end with the test that opened them. */
export const audienceWorlds = () => {
  const worlds: AudienceWorld[] = [];
  afterEach(async () => {
    for (const world of worlds.splice(0)) await world.close();
  });
  return async (options?: WorldOptions): Promise<AudienceWorld> => {
    const world = await openAudience(options);
    worlds.push(world);
    return world;
  };
};
