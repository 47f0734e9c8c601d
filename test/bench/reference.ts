import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ClientFolder, readClientFolder } from '#infra/client-folder';
import type { World } from '#infra/local/world';

/** A Monday morning, so that no mail of the journey falls into quiet hours. */
export const start = Date.parse('2026-03-02T09:00:00Z');
/** The waits of the journey and an hour. */
export const journeyTime = '241 hours';
export const mailsPerRun = 5;

export const referenceText = (): string =>
  readFileSync(join(import.meta.dirname, 'reference.journey.json'), 'utf8');

/** The sample client with its templates and nothing but the reference journey. */
export const referenceClient = (): ClientFolder => ({
  ...readClientFolder('acme'),
  journeys: { reference: referenceText() },
});

const atOnce = 50;

const post = async (world: World, path: string, body: object): Promise<void> => {
  const headers = { authorization: `Basic ${btoa('wk_acme:')}` };
  const { status } = await world.http({ method: 'POST', path, headers, body });
  if (status >= 300) throw new Error(`POST ${path} answered ${status}`);
};

const forEach = async (count: number, work: (n: number) => Promise<void>): Promise<void> => {
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < count) await work(next++);
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
};

/** Contacts who consented to mail, spread over all ways through the journey. */
export const addContacts = async (world: World, count: number): Promise<void> => {
  await forEach(count, (n) =>
    post(world, '/v1/identify', {
      userId: `contact-${n}`,
      messageId: `identify-${n}`,
      traits: {
        email: `contact-${n}@example.com`,
        firstName: `Number ${n}`,
        engagement: n % 60,
        plan: n % 3 === 0 ? 'paid' : 'trial',
        consent: ['email'],
      },
    }),
  );
  await world.drain();
};

/** One event for each contact, which starts the journey. */
export const startRuns = async (world: World, count: number): Promise<void> => {
  await forEach(count, (n) =>
    post(world, '/v1/track', { userId: `contact-${n}`, messageId: `start-${n}`, event: 'Trial Started' }),
  );
  await world.drain();
};
