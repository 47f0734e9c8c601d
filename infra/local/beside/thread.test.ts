import { afterEach, describe, expect, it, vi } from 'vitest';
import type { MessageOrder, Prepare, Prepared } from '#channels/order';
import { prepareMessage } from '#channels/prepare';
import { anOrder } from '#test/builders/message-order';
import { workers } from './testing/workers.ts';
import { createSecondThread, type SecondThread, type SecondThreadOptions } from './thread.ts';

vi.mock(import('node:worker_threads'), async (load) =>
  (await import('./testing/workers.ts')).watchedThreads(load),
);

const open: SecondThread[] = [];
const threadOf = (options: SecondThreadOptions = {}) => {
  const thread = createSecondThread({ here: 0, ...options });
  open.push(thread);
  return thread;
};

afterEach(() => Promise.all(open.splice(0).map((thread) => thread.close())));

const rawOf = (prepared: Prepared): Uint8Array => {
  if (!('message' in prepared) || prepared.message.channel !== 'email') throw new Error('no mail');
  return prepared.message.raw;
};

const template = {
  id: 'hello',
  channel: 'email' as const,
  subject: 'Hello {{ contact.nobody }}',
  text: 'Hello',
};

describe('a thread that makes messages', () => {
  it('makes the same bytes as this thread would', async () => {
    const { prepare } = threadOf();
    const orders = Array.from({ length: 20 }, (_, n) => anOrder({ sendId: `send-${n}` }));
    const bytesBy = async (make: Prepare) =>
      (await Promise.all(orders.map(make))).map((made) => Buffer.from(rawOf(made)).toString());
    expect(await bytesBy(prepare)).toEqual(await bytesBy(prepareMessage));
  });

  it('says why a message is skipped', async () => {
    expect(await threadOf().prepare(anOrder({ template }))).toMatchObject({ skip: 'missing-variable' });
  });

  it('hands on what was thrown, and goes on', async () => {
    const { prepare } = threadOf();
    const broken = anOrder({ channel: 'pigeon' as MessageOrder['channel'] });
    await expect(prepare(broken)).rejects.toThrow(TypeError);
    expect(await prepare(anOrder())).toHaveProperty('message');
  });

  it('begins anew after it ended for want of work', async () => {
    const { prepare } = threadOf({ idleMs: 1 });
    await prepare(anOrder());
    await vi.waitFor(() => expect(process.getActiveResourcesInfo()).not.toContain('MessagePort'));
    expect(await prepare(anOrder())).toHaveProperty('message');
  });

  it('begins anew once after it failed, though the one that failed ends later', async () => {
    const before = workers.length;
    const { prepare } = threadOf();
    await prepare(anOrder());
    const failed = workers.at(-1)!;
    const lost = prepare(anOrder());
    failed.emit('error', new Error('out of memory'));
    await expect(lost).rejects.toThrow('out of memory');
    await prepare(anOrder());
    await failed.terminate();
    expect(await prepare(anOrder())).toHaveProperty('message');
    expect(workers.length - before).toBe(2);
  });

  it('answers what was asked before it was closed', async () => {
    const thread = threadOf();
    const asked = thread.prepare(anOrder());
    await thread.close();
    expect(await asked).toHaveProperty('message');
  });
});
