import * as z from 'zod';
import { deliver } from '#channels/deliver';
import type { MessageOrder } from '#channels/order';
import { prepareMessage } from '#channels/prepare';
import type { Services } from '#functions/journeys/services';
import { iso } from '#kernel/clock';
import { durationMs } from '#kernel/durations';
import { newId, runId, sendId } from '#kernel/ids';
import type { Client } from '#model/client';
import type { Send } from '#model/send';
import { main } from '#store/keys';
import { newSendWrite, readSend, settleSend } from '#store/sends/sends';
import type { Store } from '#store/store';

/** No contact has this id: what providers tell of its messages changes nobody. */
const nobody = 'heartbeat00000000000';
const channels = ['email', 'sms', 'push', 'team'] as const;
type Channel = (typeof channels)[number];

export const beatSchema = z.object({
  channel: z.enum(channels),
  sentAt: z.string().optional(),
  state: z
    .enum(['none', 'on-its-way', 'arrived', 'accepted', 'missing'])
    .describe(
      '`arrived`: the mailbox took it. `accepted`: SNS took it; of anything but mails it tells no more. `missing`: neither within 15 minutes',
    ),
});
export type BeatView = z.output<typeof beatSchema>;

const patienceMs = 15 * 60_000;

interface Beat {
  send: string;
  at: string;
}

const readBeat = async (store: Store, channel: Channel): Promise<Beat | undefined> =>
  (await store.main.get(main.beat(channel))) as Beat | undefined;

const memberOf = { email: 'email', sms: 'phone', push: 'device', team: 'team' } as const;

const addressesOf = ({ heartbeat }: Client): [Channel, string][] =>
  channels.flatMap((channel) => {
    const address = heartbeat?.[memberOf[channel]];
    return address === undefined ? [] : [[channel, address]];
  });

export const viewBeats = async ({ store, catalogue }: Services): Promise<BeatView[]> =>
  Promise.all(
    addressesOf(await catalogue.client()).map(async ([channel]): Promise<BeatView> => {
      const beat = await readBeat(store, channel);
      if (!beat) return { channel, state: 'none' };
      return { channel, sentAt: beat.at, state: await stateOf(store, channel, beat) };
    }),
  );

const stateOf = async (store: Store, channel: Channel, beat: Beat): Promise<BeatView['state']> => {
  const send = await readSend(store, nobody, beat.send);
  if (channel === 'email' && send?.deliveredAt !== undefined) return 'arrived';
  if (channel !== 'email' && send?.status === 'sent') return 'accepted';
  return store.clock.now() - Date.parse(beat.at) > patienceMs ? 'missing' : 'on-its-way';
};

/** Sends what is due, through the same channels, providers and feedback as any message. */
export const beat = async (services: Services): Promise<void> => {
  const client = await services.catalogue.client();
  const everyMs = client.heartbeat ? durationMs(client.heartbeat.every) : 0;
  for (const [channel, address] of addressesOf(client)) {
    const last = await readBeat(services.store, channel);
    if (last && services.store.clock.now() - Date.parse(last.at) < everyMs) continue;
    await sendBeat(services, client, channel, address).catch((error: Error) =>
      services.context.log.error('heartbeat-not-sent', { channel, error: error.name }),
    );
  }
};

const sendBeat = async (
  { store, context }: Services,
  client: Client,
  channel: Channel,
  address: string,
): Promise<void> => {
  const at = iso(store.clock.now());
  const run = runId(nobody, channel, at);
  const send: Send = {
    id: sendId(run, 'beat', 1, channel),
    ...{ contact: nobody, run, journey: 'heartbeat', version: 0, step: 'beat', visit: 1, channel, at },
    ...{ status: 'claimed', owner: newId(), attempts: 1 },
  };
  // Before it is sent: a heart that cannot beat is found missing.
  await store.main.put({ ...main.beat(channel), send: send.id, at });
  const write = newSendWrite(store, send);
  if ('put' in write) await store.main.put(write.put);
  const keys = (await store.keys()).links;
  const order = orderOf(client, send, { address, keys, settings: context.settings, now: store.clock.now() });
  const prepared = await prepareMessage(order);
  if ('skip' in prepared) throw new Error(prepared.skip);
  const outcome = await deliver(prepared.message, context.aws);
  await settleSend(
    store,
    send,
    outcome.status === 'accepted'
      ? { status: 'sent', providerId: outcome.providerId }
      : { status: 'failed', reason: outcome.reason },
  );
};

const orderOf = (
  client: Client,
  send: Send,
  given: { address: string } & Pick<MessageOrder, 'keys' | 'settings' | 'now'>,
): MessageOrder => {
  const { address, ...rest } = given;
  const text = `Wayleaf sends this to itself to see that messages of ${client.name} arrive. Nothing is to be done.`;
  const common = {
    ...{ sendId: send.id, contactId: nobody, step: 'beat', class: 'transactional' as const },
    run: { id: send.run, journey: 'heartbeat', journeyName: 'Heartbeat', version: 0 },
    client: { ...client, channels: { ...client.channels, email: { tracking: false } } },
    ...rest,
  };
  if (send.channel === 'sms') return { ...common, channel: 'sms', text, contact: { phone: address } };
  const subject = `Heartbeat of ${client.name}`;
  if (send.channel === 'push')
    return { ...common, channel: 'push', subject, text, contact: { pushEndpoint: address } };
  if (send.channel === 'team')
    return { ...common, channel: 'team', subject, text, team: address, contact: {} };
  const template = { id: 'heartbeat', channel: 'email' as const, subject, text };
  return { ...common, channel: 'email', template, contact: { email: address } };
};

/** Says at each round what did not arrive, until one does. */
export const tellMissing = async (services: Services): Promise<void> => {
  for (const { channel, state, sentAt } of await viewBeats(services))
    if (state === 'missing') services.context.log.error('heartbeat-missing', { channel, sentAt });
};

/** When there is something to do next: ISO, or null. */
export const nextBeat = async (services: Services): Promise<string | null> => {
  const { heartbeat } = await services.catalogue.client();
  const beats = await viewBeats(services);
  const times = beats.flatMap(({ sentAt, state }) => {
    if (sentAt === undefined || !heartbeat) return [];
    const at = Date.parse(sentAt);
    return [at + (state === 'on-its-way' ? patienceMs + 1_000 : durationMs(heartbeat.every))];
  });
  return times.length === 0 ? null : iso(Math.min(...times));
};
