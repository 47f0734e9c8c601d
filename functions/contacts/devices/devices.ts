import { iso } from '#kernel/clock';
import { newId } from '#kernel/ids';
import { addressFields } from '#model/channel';
import type { Contact } from '#model/contact';
import { getContact } from '#store/contacts/contacts';
import {
  type Device,
  dropDeviceWrites,
  type KeptDevice,
  listDevices,
  readOwner,
  takeDeviceWrites,
} from '#store/contacts/devices';
import { ReadAgain, untilSettled } from '#store/retry';
import type { Store } from '#store/store';
import { type TableWrite, TransactionRefused, transact } from '#store/table';
import { editContact } from '../changing/apply.ts';

const field = addressFields.push;

/** Two contacts at one device take turns no more often than this within one request. */
const maxTurns = 6;

/** Somebody else took the device between reading and writing. */
class TakenMeanwhile extends Error {
  override readonly name = 'TakenMeanwhile';
}

interface Change {
  /** What messages go to from now on; `null`: nothing. */
  to?: string | null;
  writes(): Promise<TableWrite[]>;
}

const commit = (store: Store, writes: Change['writes']): Promise<void> =>
  untilSettled(async () => transact(store.dynamodb, await writes()));

const change = async (store: Store, contact: Contact, { to, writes }: Change): Promise<void> => {
  if (to === undefined || to === (contact.fields[field] ?? null)) return commit(store, writes);
  await editContact(store, contact.id, {
    ...{ id: newId(), by: 'device', at: iso(store.clock.now()), depth: 0 },
    update: to === null ? { unset: [field] } : { set: { [field]: to } },
    together: writes,
  });
};

/**
 * The device is nobody's any more. Messages to its contact go to the device that was registered before it,
 * if there is one.
 */
export const dropDevice = async (store: Store, endpoint: string): Promise<void> => {
  const owner = await readOwner(store, endpoint);
  if (!owner) return;
  const contact = await getContact(store, owner.contact);
  const writes = async (): Promise<TableWrite[]> => dropDeviceWrites(store, owner);
  if (!contact) return commit(store, writes);
  const others = (await listDevices(store, contact)).filter((device) => device.endpoint !== endpoint);
  const isUsed = contact.fields[field] === endpoint;
  await change(store, contact, { ...(isUsed ? { to: others[0]?.endpoint ?? null } : {}), writes });
};

const isSame = (a: Device, b: Device): boolean =>
  a.endpoint === b.endpoint || (a.deviceId !== undefined && a.deviceId === b.deviceId && a.app === b.app);

/** More than a person has. The one that gets the messages stays. */
const maxDevices = 20;
const isTooMuch = ({ fields }: Contact, devices: readonly KeptDevice[], device: KeptDevice): boolean =>
  fields[field] !== device.endpoint && devices.indexOf(device) >= maxDevices - 1;

interface Taking {
  contact: Contact;
  device: Device;
  /** Those that go: this very device with an older token, and what is too much. */
  outdated: readonly KeptDevice[];
}

/** What a stranger may not do: send the messages of somebody elsewhere. */
const mayUse = ({ contact, device, outdated }: Taking, devices: readonly KeptDevice[], proven: boolean) => {
  const used = contact.fields[field];
  const isOurs = devices.some(({ endpoint }) => endpoint === used);
  return proven || !isOurs || used === device.endpoint || outdated.some(({ endpoint }) => endpoint === used);
};

const take = async (
  store: Store,
  contact: Contact,
  device: Device,
  proven: boolean,
): Promise<KeptDevice[]> => {
  const devices = await listDevices(store, contact);
  const others = devices.filter(({ endpoint }) => endpoint !== device.endpoint);
  const outdated = others.filter((kept) => isSame(kept, device) || isTooMuch(contact, others, kept));
  const known = devices.find(({ endpoint }) => endpoint === device.endpoint);
  const uses = mayUse({ contact, device, outdated }, devices, proven);
  const isDone = known?.deviceId === device.deviceId && (!uses || contact.fields[field] === device.endpoint);
  if (known && isDone && outdated.length === 0) return [];
  const writes = async (): Promise<TableWrite[]> => {
    const before = await readOwner(store, device.endpoint);
    if (before?.contact !== known?.contact) throw new TakenMeanwhile();
    const moved = known && known.contact !== contact.id ? dropDeviceWrites(store, known).slice(1) : [];
    return [
      ...takeDeviceWrites(store, contact.id, device, before),
      ...moved,
      ...outdated.flatMap((old) => dropDeviceWrites(store, old)),
    ];
  };
  await change(store, contact, { ...(uses ? { to: device.endpoint } : {}), writes });
  return outdated;
};

const isBusy = (error: unknown): boolean =>
  error instanceof TakenMeanwhile || error instanceof ReadAgain || error instanceof TransactionRefused;

/**
 * From now on the device is this contact's and nobody else's: whoever used it before gets nothing on it any
 * more. The latest device gets the messages; by a public key it does so only where no other device is known,
 * or it is the same one with a new token.
 * @param proven whose it is, an administrator says
 * @returns what went: this device under older tokens, and devices beyond what a person has
 */
export const takeDevice = async (
  store: Store,
  contactId: string,
  device: Device,
  proven: boolean,
): Promise<readonly KeptDevice[]> => {
  for (let turn = 1; ; turn++) {
    try {
      const owner = await readOwner(store, device.endpoint);
      const contact = await getContact(store, contactId);
      if (!contact) return [];
      if (owner && (await getContact(store, owner.contact))?.id !== contact.id)
        await dropDevice(store, device.endpoint);
      return await take(store, contact, device, proven);
    } catch (error) {
      if (!isBusy(error) || turn === maxTurns) throw error;
    }
  }
};
