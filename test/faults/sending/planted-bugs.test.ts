import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Providers } from '#channels/deliver';
import type { Outcome, ReadyMessage } from '#channels/order';
import type * as Ids from '#kernel/ids';
import type { Send } from '#model/send';
import { main } from '#store/keys';
import type * as Sends from '#store/sends/sends';
import { createIds } from './seeded.ts';
import { expectedSends, trySeed } from './try.ts';

/** Bugs as somebody might make them; each must be caught, or the fault table proves nothing. */
const bugs = [
  'record without claim',
  'consent read before the claim',
  'retries of the SDK left on',
  'lease without fence',
  'dedupe key without the visit',
] as const;
type Bug = (typeof bugs)[number];

const planted = vi.hoisted(() => ({ bug: undefined as string | undefined, nextId: (): string => '' }));
const is = (bug: Bug): boolean => planted.bug === bug;

vi.mock('#kernel/ids', async (original) => {
  const real = await original<typeof Ids>();
  const sendId: typeof real.sendId = (run, step, visit, channel) =>
    real.sendId(run, step, is('dedupe key without the visit') ? 1 : visit, channel);
  return { ...real, newId: () => planted.nextId(), sendId };
});

vi.mock('#channels/deliver', async (original) => {
  type Deliver = (message: ReadyMessage, providers: Providers) => Promise<Outcome>;
  const { deliver: real } = await original<{ deliver: Deliver }>();
  const deliver: Deliver = async (message, providers) => {
    const outcome = await real(message, providers);
    const again = is('retries of the SDK left on') && outcome.status === 'unknown';
    return again ? real(message, providers) : outcome;
  };
  return { deliver };
});

vi.mock('#store/sends/sends', async (original) => {
  const real = await original<typeof Sends>();
  const claimSend: typeof real.claimSend = async (store, claim) => {
    if (is('record without claim')) return { kind: 'claimed' };
    if (!is('consent read before the claim'))
      return takeOver(store, claim, await real.claimSend(store, claim));
    const { guard: _, ...rest } = claim;
    return real.claimSend(store, rest);
  };
  const settleSend: typeof real.settleSend = async (store, send, result) => {
    if (!is('record without claim')) return real.settleSend(store, send, result);
    await store.main.put({ ...main.send(send.contact, send.id), kind: 'send', ...send, ...result });
    return true;
  };
  return { ...real, claimSend, settleSend };
});

const leaseMs = 10_000;

/** Who holds a claim for too long is thought to be gone, and another sends in its place. */
const takeOver = async (
  store: Parameters<typeof Sends.claimSend>[0],
  { send }: Sends.Claim,
  claimed: Sends.Claimed,
): Promise<Sends.Claimed> => {
  if (!is('lease without fence') || claimed.kind !== 'found' || !isStale(store.clock.now(), claimed.send))
    return claimed;
  await store.main.update(main.send(send.contact, send.id), {
    update: 'SET #owner = :owner, #at = :at',
    names: { '#owner': 'owner', '#at': 'at' },
    values: { ':owner': send.owner, ':at': send.at },
  });
  return { kind: 'claimed' };
};
const isStale = (now: number, { status, at }: Send): boolean =>
  status === 'claimed' && now - Date.parse(at) > leaseMs;

/** How many lives each bug may stay unseen. */
const most = 500;

beforeEach(async () => {
  planted.nextId = createIds(0);
  await expectedSends();
});
afterEach(() => {
  planted.bug = undefined;
});

test.each(bugs)(`%s is caught within ${most} seeds`, { timeout: 200_000 }, async (bug) => {
  planted.bug = bug;
  for (let seed = 0; seed < most; seed++) {
    planted.nextId = createIds(seed);
    const { broken } = await trySeed(seed);
    if (broken.length === 0) continue;
    console.log(`${bug}: ${broken[0]}`);
    return;
  }
  expect.fail('it stays unseen');
});
