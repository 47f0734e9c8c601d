import { chooseLane, type Lane, laneMember, type SendPace, slotMs } from '#policy/sending/send-pace';
import { main } from '../keys.ts';
import type { Store } from '../store.ts';
import { type Expression, type Item, ifHolds } from '../table.ts';

export const paceOfItem = ({ quota, rate, slowedAt, freshAt, bulkAt }: Item): SendPace => ({
  quota: Number(quota),
  rate: Number(rate),
  slowedAt: Number(slowedAt),
  freshAt: Number(freshAt ?? 0),
  bulkAt: Number(bulkAt ?? 0),
});

const readPace = async (store: Store): Promise<SendPace | undefined> => {
  const item = await store.main.get(main.sendPace());
  return item && paceOfItem(item);
};

/** At most once a second, however many were refused in it. @returns as it is now */
export const savePace = async (store: Store, { quota, rate, slowedAt }: SendPace): Promise<SendPace> => {
  const written = await update(store, {
    update: 'SET kind = :kind, quota = :quota, rate = :rate, slowedAt = :now',
    condition: 'attribute_not_exists(slowedAt) OR slowedAt < :before',
    values: {
      ':kind': 'pace',
      ':quota': quota,
      ':rate': rate,
      ':now': slowedAt,
      ':before': slowedAt - 1_000,
    },
  });
  return written ?? (await readPace(store)) ?? { quota, rate, slowedAt, freshAt: 0, bulkAt: 0 };
};

/**
 * The next moment at which one more mail may go: taken by one write, by whoever asks first, so that any
 * number of functions stay under the rate together.
 * @returns milliseconds; now, or later
 */
export const takeSlot = async (store: Store, pace: SendPace, wants: Lane): Promise<number> => {
  const now = store.clock.now();
  const lane = chooseLane(pace, wants, now);
  const names = { '#lane': laneMember[lane] };
  const takes = slotMs(pace, lane, now);
  for (let i = 0; i < 3; i++) {
    const free = await update(store, {
      update: 'SET #lane = :next',
      condition: 'attribute_not_exists(#lane) OR #lane <= :now',
      names,
      values: { ':now': now, ':next': now + takes },
    });
    if (free) return now;
    const behind = await update(store, {
      update: 'SET #lane = #lane + :takes',
      condition: '#lane > :now',
      names,
      values: { ':now': now, ':takes': takes },
    });
    if (behind) return behind[laneMember[lane]] - takes;
  }
  return now + takes;
};

/** @returns undefined when the condition does not hold */
const update = async (
  store: Store,
  expression: Expression & { update: string },
): Promise<SendPace | undefined> => {
  const item = await ifHolds(store.main.update(main.sendPace(), expression));
  return item && paceOfItem(item);
};
