import { deleteEndpoint } from '#aws/push-endpoints';
import { forgetErased } from '#functions/contacts/importing/forget-erased';
import type { Run } from '#model/run';
import { getProfileItem } from '#store/contacts/contacts';
import { dropDeviceWrites, listDevicesIn, readOwner } from '#store/contacts/devices';
import {
  decideErasure,
  type Erasure,
  emptyPartition,
  forgetRest,
  readErasure,
  settleErasure,
} from '#store/contacts/erasures';
import { main } from '#store/keys';
import { untilSettled } from '#store/retry';
import { runOfItem } from '#store/runs/runs';
import { TransactionRefused, transact } from '#store/table';
import { endNow, leaveWait } from '../hearing/end.ts';
import type { Services } from '../services.ts';

/** Asked between portions of the work. */
export type IsLate = () => boolean;

/**
 * Erases a contact. The first transaction decides it; what comes after can be done again from the start by
 * whoever comes next: a repeated request, or the sweep.
 */
export const eraseContact = async (
  services: Services,
  id: string,
  { check, isLate }: { check?: (profile: { rev: number }) => void; isLate: IsLate },
): Promise<'erased' | 'under-way' | 'unknown'> => {
  const { store } = services;
  const decided = await decideErasure(store, async () => {
    const profile = await getProfileItem(store, id);
    if (profile) check?.({ rev: Number(profile.rev) });
    return profile;
  });
  const erasure = decided ?? (await readErasure(store, id));
  if (!erasure) return 'unknown';
  return (await finishErasure(services, erasure, isLate)) ? 'erased' : 'under-way';
};

/** @returns false when time was up before everything was gone */
const finishErasure = async (services: Services, erasure: Erasure, isLate: IsLate): Promise<boolean> => {
  await forgetRest(services.store, erasure);
  for (const partition of erasure.partitions) {
    await endRuns(services, partition);
    await forgetDevices(services, partition);
    if ((await emptyPartition(services.store, partition, isLate)) === undefined) return false;
  }
  return forgetErased(services.store, erasure, isLate);
};

/** Before its runs are removed they end, so that their machines do, too, and reports count them. */
const endRuns = async (services: Services, contact: string): Promise<void> => {
  const items = await services.store.main.query({ pk: main.contactPk(contact), prefix: 'R#' });
  for (const run of items.map(runOfItem)) {
    try {
      if (run.status === 'ended') await leaveAgain(services, run);
      else
        await endNow(services, run, { ended: { how: 'erased', ...(run.wait && { step: run.wait.step }) } });
    } catch (error) {
      // What a run ends by may be removed already.
      if (!(error instanceof TransactionRefused)) throw error;
    }
  }
};

/** Whoever ended it may have fallen before the machine was told: its token goes with what is removed now. */
const leaveAgain = (services: Services, run: Run): Promise<void> =>
  leaveWait(services, run, { how: run.ended?.how ?? 'erased', endedAt: run.endedAt ?? run.startedAt });

/** SNS knows the token of each device: it goes first, for what stands here leads to it. */
const forgetDevices = async ({ store, context }: Services, contact: string): Promise<void> => {
  for (const device of await listDevicesIn(store, contact)) {
    if ((await readOwner(store, device.endpoint))?.contact !== contact) continue;
    await deleteEndpoint(context.aws.sns, device.endpoint);
    await untilSettled(() => transact(store.dynamodb, dropDeviceWrites(store, device)));
  }
};

/** Once more, when whatever was under way at the time is over; then nothing is left to be looked at. */
export const lookOver = async (services: Services, erasure: Erasure, isLate: IsLate): Promise<void> => {
  if (await finishErasure(services, erasure, isLate)) await settleErasure(services.store, erasure.contact);
};
