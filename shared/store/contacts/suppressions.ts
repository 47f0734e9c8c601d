import { addressOf, identityChannels } from '#model/channel';
import type { Contact } from '#model/contact';
import { type Key, main } from '../keys.ts';
import { hashAddress } from '../secrets.ts';
import type { Store } from '../store.ts';
import { type TableWrite, TransactionRefused, transact } from '../table.ts';

type Suppressions = Contact['suppressed'];
type Suppression = Suppressions[string];

/** Where it is remembered that nobody may write to an address, whoever has it. */
export const suppressionKey = async (store: Store, channel: string, address: string): Promise<Key> =>
  main.suppression(channel, hashAddress(await store.keys(), channel, address));

/** What is remembered against addresses, by channel; also of contacts that were erased. */
export const readSuppressions = async (
  store: Store,
  addresses: readonly { channel: string; address: string }[],
): Promise<Suppressions> => {
  const known: Suppressions = {};
  for (const { channel, address } of addresses) {
    const item = await store.main.get(await suppressionKey(store, channel, address));
    if (item) known[channel] = { reason: item.reason as Suppression['reason'], at: String(item.at) };
  }
  return known;
};

/**
 * Parts of the transaction that changes the contact: what is now suppressed is remembered by the
 * keyed hash of its address, and what the contact took back is forgotten. Of an address that the
 * contact no longer has nothing is forgotten.
 */
export const suppressionWrites = async (
  store: Store,
  before: Contact,
  after: Contact,
): Promise<TableWrite[]> => {
  const writes: TableWrite[] = [];
  for (const channel of identityChannels) {
    const [was, is] = [before.suppressed[channel], after.suppressed[channel]];
    const address = addressOf(after, channel);
    if (address === undefined || was?.reason === is?.reason) continue;
    const key = await suppressionKey(store, channel, address);
    if (is) writes.push({ table: store.main, put: { ...key, ...is } });
    else writes.push({ table: store.main, remove: key });
  }
  return writes;
};

/** Of an address that leads to no contact. */
export const suppressAddress = async (
  store: Store,
  { channel, address }: { channel: string; address: string },
  suppression: Suppression,
): Promise<void> => store.main.put({ ...(await suppressionKey(store, channel, address)), ...suppression });

/** What somebody took back who is no contact. Another reason stays. */
export const liftAddress = async (
  store: Store,
  { channel, address }: { channel: string; address: string },
  reason: Suppression['reason'],
): Promise<void> => {
  const write: TableWrite = {
    table: store.main,
    remove: await suppressionKey(store, channel, address),
    condition: '#reason = :reason',
    names: { '#reason': 'reason' },
    values: { ':reason': reason },
  };
  await transact(store.dynamodb, [write]).catch((error: unknown) => {
    if (!(error instanceof TransactionRefused)) throw error;
  });
};
