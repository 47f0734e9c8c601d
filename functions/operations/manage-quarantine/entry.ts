import { Refusal } from '#kernel/errors';
import type { Quarantined } from '#model/quarantine';
import { eventOfItem } from '#store/contacts/events';
import type { Key } from '#store/keys';
import type { Item } from '#store/table';

/** Keys of what may be parked, as one opaque word. */
const idOf = ({ pk, sk }: Item): string => Buffer.from(JSON.stringify([pk, sk])).toString('base64url');

const unknown = (): never => {
  throw new Refusal(404, 'unknown-entry', 'There is nothing of this id in the quarantine (any more).');
};

export const keyOf = (id: string): Key => {
  try {
    const [pk, sk] = JSON.parse(Buffer.from(id, 'base64url').toString()) as unknown[];
    if (typeof pk === 'string' && typeof sk === 'string' && /^[CQ]#/.test(pk) && /^[EQ]/.test(sk))
      return { pk, sk };
  } catch {
    return unknown();
  }
  return unknown();
};

export const viewEntry = (item: Item): Quarantined => {
  const common = { id: idOf(item), at: String(item.unsettledAt), reason: String(item.reason ?? 'unknown') };
  if (item.kind !== 'event') {
    const contact = item.contact === undefined ? {} : { contact: String(item.contact) };
    return { ...common, what: 'call', function: String(item.function), ...contact };
  }
  const { contact, id, type, name, at } = eventOfItem(item);
  return { ...common, what: 'event', function: 'hear-event', contact, event: { id, type, name, at } };
};

export const payloadOf = (item: Item): unknown => {
  if (item.kind === 'event') return eventOfItem(item);
  return typeof item.payload === 'string' ? JSON.parse(item.payload) : undefined;
};
