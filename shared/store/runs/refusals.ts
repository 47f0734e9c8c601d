import { iso } from '#kernel/clock';
import { main, ttlAttribute } from '../keys.ts';
import type { Store } from '../store.ts';
import { ifHolds } from '../table.ts';

/** A contact did not enter a journey, although an event of it was a trigger. */
export interface Refusal {
  contact: string;
  event: string;
  journey: string;
  version: number;
  reason: string;
}

const keptSeconds = 3 * 86_400;

/** Written once, for the reports: the stream carries it to where it is counted. */
export const putRefusal = async (store: Store, refusal: Refusal): Promise<void> => {
  const { contact, event, journey } = refusal;
  const key = main.refusal(contact, event, journey);
  const expiresAt = Math.floor(store.clock.now() / 1000) + keptSeconds;
  const bornAt = iso(store.clock.now());
  const item = { ...key, kind: 'refusal', ...refusal, bornAt, [ttlAttribute]: expiresAt };
  await ifHolds(store.main.put(item, { condition: 'attribute_not_exists(pk)' }));
};

/** Why an event did not let its contact into a journey, if it was kept out. */
export const readRefusal = async (
  store: Store,
  { contact, event, journey }: Pick<Refusal, 'contact' | 'event' | 'journey'>,
): Promise<Refusal | undefined> => {
  const item = await store.main.get(main.refusal(contact, event, journey));
  return item as Refusal | undefined;
};
