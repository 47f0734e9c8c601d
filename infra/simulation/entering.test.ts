import { describe, expect, it } from 'vitest';
import type { Journey } from '#statemachines/document/schema';
import { email, journeyOf } from '#test/builders/journeys';
import { createWorld } from '../local/world.ts';
import { simulationFolder } from './folder.ts';
import { simulateIn } from './simulation.ts';
import type { Walk } from './walk.ts';

const start = Date.parse('2026-03-02T09:00:00Z');
const on = { event: 'Signed Up' };
const endOf = async (enter: Journey['enter'], walk: Partial<Walk> = {}) => {
  const document = journeyOf([email('hello')], { enter });
  const folder = simulationFolder(document, JSON.stringify(document));
  const contact = { email: 'ada@example.com', consent: ['email'] };
  const [walked] = await simulateIn(createWorld)([{ contact, events: [], ...walk }], {
    ...{ document, folder, start, seed: 1 },
  });
  return walked?.ended;
};

describe('who walks', () => {
  it('has a key when nobody says what starts the run', async () =>
    expect(await endOf({ on: [on], key: 'trigger.properties.appointmentId' })).toMatchObject({
      how: 'completed',
    }));

  it.each([
    ['the condition does not hold', { if: { tag: 'vip' } }, 'condition'],
    ['nothing has the key', { key: 'contact.accountId' }, 'no-key'],
  ])('is not let in where %s, and the reason is told', async (_, members, reason) =>
    expect(await endOf({ on: [on], ...members })).toMatchObject({ how: 'not-entered', reason }),
  );

  it('has no key where what starts the run is given without one', async () =>
    expect(
      await endOf({ on: [on], key: 'trigger.properties.seat' }, { trigger: { on, properties: {} } }),
    ).toMatchObject({ how: 'not-entered', reason: 'no-key' }));
});
