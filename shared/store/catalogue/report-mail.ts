import { catalogue } from '../keys.ts';
import type { Store } from '../store.ts';
import { isWritten } from '../table.ts';

/** Who asked for the weekly figures by the API. */
export interface ReportMail {
  to: readonly string[];
}

export const readReportMail = async (store: Store): Promise<ReportMail> => {
  const item = await store.catalogue.get(catalogue.reportMail());
  return { to: (item?.to as string[] | undefined) ?? [] };
};

export const putReportMail = async (store: Store, { to }: ReportMail): Promise<void> => {
  await store.catalogue.put({ ...catalogue.reportMail(), to: [...to] });
};

/** Longer than anybody would try to send a week's figures. */
const keptDays = 60;

/**
 * One person's mail of one week is somebody's to send, once: a crash after this sends nothing, never twice.
 * @param who a keyed hash
 */
export const claimReportMail = (store: Store, week: string, who: string): Promise<boolean> =>
  isWritten(
    store.catalogue.put(
      {
        ...catalogue.reportMailOf(week, who),
        expiresAt: Math.floor(store.clock.now() / 1000) + keptDays * 86_400,
      },
      { condition: 'attribute_not_exists(pk)' },
    ),
  );
