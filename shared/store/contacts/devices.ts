import { iso } from '#kernel/clock';
import type { Contact } from '#model/contact';
import { main } from '../keys.ts';
import type { Store } from '../store.ts';
import type { Item, TableWrite } from '../table.ts';

/** A telephone or browser that takes push messages. Its token is known to SNS alone. */
export interface Device {
  /** ARN of the SNS platform endpoint. */
  endpoint: string;
  /** Of the client's `channels.push.apps`. */
  app: string;
  /** What the app calls the device; the same one over changes of its token. */
  deviceId?: string | undefined;
}

/** As it is kept with its contact. */
export interface KeptDevice extends Device {
  /** In whose partition it stands; that contact may have become another since. */
  contact: string;
  /** ISO. Not `at`: the history of the contact lists what has that. */
  registeredAt: string;
}

const deviceOfItem = ({ endpoint, app, deviceId, contact, registeredAt }: Item): KeptDevice => ({
  ...({ endpoint, app, contact, registeredAt } as KeptDevice),
  ...(deviceId === undefined ? {} : { deviceId: String(deviceId) }),
});

/** Whose the device is now; strongly read. */
export const readOwner = async (store: Store, endpoint: string): Promise<KeptDevice | undefined> => {
  const item = await store.main.get(main.deviceOwner(endpoint));
  return item && deviceOfItem(item);
};

export const listDevicesIn = async (store: Store, contact: string): Promise<KeptDevice[]> =>
  (await store.main.query({ pk: main.contactPk(contact), prefix: main.devicePrefix })).map(deviceOfItem);

/** Newest first; also those of contacts that became one with it. */
export const listDevices = async (
  store: Store,
  { id, merged = [] }: Pick<Contact, 'id' | 'merged'>,
): Promise<KeptDevice[]> => {
  const lists = await Promise.all([id, ...merged].map((contact) => listDevicesIn(store, contact)));
  return lists.flat().sort((a, b) => b.registeredAt.localeCompare(a.registeredAt));
};

/** Parts of the transaction that makes a device a contact's. @param before whose it was when that was decided */
export const takeDeviceWrites = (
  store: Store,
  contact: string,
  device: Device,
  before: KeptDevice | undefined,
): TableWrite[] => {
  const { deviceId, ...named } = device;
  const kept = {
    ...{ kind: 'device', ...named, contact, registeredAt: iso(store.clock.now()) },
    ...(deviceId === undefined ? {} : { deviceId }),
  };
  return [
    {
      table: store.main,
      put: { ...main.deviceOwner(device.endpoint), ...kept },
      ...(before
        ? { condition: 'contact = :before', values: { ':before': before.contact } }
        : { condition: 'attribute_not_exists(pk)' }),
    },
    { table: store.main, put: { ...main.device(contact, device.endpoint), ...kept } },
  ];
};

/** Parts of the transaction after which the device is nobody's. */
export const dropDeviceWrites = (
  store: Store,
  { contact, endpoint }: Pick<KeptDevice, 'contact' | 'endpoint'>,
): TableWrite[] => [
  {
    table: store.main,
    remove: main.deviceOwner(endpoint),
    ...{ condition: 'attribute_not_exists(pk) OR contact = :contact', values: { ':contact': contact } },
  },
  { table: store.main, remove: main.device(contact, endpoint) },
];
