import { expect, test } from 'vitest';
import { createLocalRoutes } from './local-routes.ts';

const now = Date.parse('2026-03-01T09:00:00Z');

const moveClock = async (body: unknown) => {
  const moved: number[] = [];
  const routes = createLocalRoutes({
    now: () => now,
    clockMode: 'virtual',
    advanceTo: async (ms) => void moved.push(ms),
    outbox: async () => [],
    feedback: async () => {},
    executions: () => [],
    quarantine: () => [],
  });
  const { status } = await routes({
    method: 'POST',
    url: '/local/clock',
    headers: {},
    body: Buffer.from(JSON.stringify(body)),
    sourceIp: '127.0.0.1',
  });
  return { status, moved };
};

test('the clock moves by a duration, or to an instant', async () => {
  expect(await moveClock({ advance: '3 days' })).toEqual({ status: 200, moved: [now + 3 * 86_400_000] });
  expect(await moveClock({ to: '2026-03-01T10:00:00Z' })).toEqual({ status: 200, moved: [now + 3_600_000] });
});

test.each([
  ['back', { to: '2026-02-28T09:00:00Z' }],
  ['by a thousand years, which would take until nobody waits any more', { advance: '365000 days' }],
  ['to the end of the calendar', { to: '9999-12-31T23:59:59Z' }],
  ['by both at once', { advance: '1 day', to: '2026-03-02T09:00:00Z' }],
])('refuses to move the clock %s', async (_, body) => {
  expect(await moveClock(body)).toEqual({ status: 422, moved: [] });
});
