import { emptyContact, viewContact } from '#model/contact';
import type { RunFacts } from './effects.ts';

export const start = Date.parse('2026-03-02T08:00:00Z');
export const hour = 3_600_000;
export const day = 24 * hour;

/** Facts of a run in which nothing has happened. */
export const factsOf = (changes: Partial<RunFacts> & { fields?: Record<string, unknown> } = {}): RunFacts => {
  const { fields = {}, ...rest } = changes;
  const now = rest.now ?? start;
  const contact = { ...viewContact(emptyContact('c', '2026-01-01T00:00:00.000Z')), ...fields };
  return {
    now,
    zone: 'Europe/Berlin',
    run: { id: 'c-run', journey: 'j', contact: 'c', startedAt: start },
    conditions: {
      contact,
      trigger: { event: 'Signed Up', type: 'track', properties: { startsAt: '2026-03-10T18:00:00Z' } },
      now,
      zone: 'Europe/Berlin',
      consent: () => false,
      inSegment: () => false,
      did: () => [],
      message: () => [],
    },
    heard: () => [],
    reached: () => undefined,
    outcome: () => undefined,
    ...rest,
  };
};
