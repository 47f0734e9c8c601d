import type { FunctionContext } from '#aws/function-context';
import { deliver } from '#channels/deliver';
import { derivedId, newId } from '#kernel/ids';
import { defaultReportSettings } from '#model/report-settings';
import { normaliseEmail } from '#policy/contacts/identity';
import { isOfLostTime } from '#policy/sending/restored';
import type { Catalogue } from '#store/catalogue/catalogue';
import { claimReportMail, readReportMail } from '#store/catalogue/report-mail';
import { readSending } from '#store/catalogue/sending';
import { readSuppressions } from '#store/contacts/suppressions';
import { hashAddress } from '#store/secrets';
import type { Store } from '#store/store';
import { definitionsIn } from '../figures/range.ts';
import { kpisOf, overviewOf } from '../read-report/figures-of.ts';
import { splitTestsOf } from '../read-report/journey-report.ts';
import { type Due, dueMail, nextMail } from './due.ts';
import { weeklyMail } from './mail.ts';

export interface Services {
  store: Store;
  catalogue: Catalogue;
  context: FunctionContext;
}

const recipients = async ({ store, catalogue }: Services): Promise<string[]> => {
  const { reports = defaultReportSettings() } = await catalogue.client();
  const { to } = await readReportMail(store);
  return [...new Set([...reports.mail.to, ...to].map((address) => normaliseEmail(address) ?? address))];
};

/** Claimed first and called once: at most one a week and person, whatever happens in between. */
const sendTo = async (
  services: Services,
  to: string,
  due: Due,
  figures: () => Promise<Parameters<typeof weeklyMail>[0]>,
) => {
  const { store, context } = services;
  const known = await readSuppressions(store, [{ channel: 'email', address: to }]);
  if (known.email) return 'suppressed';
  const who = hashAddress(await store.keys(), 'email', to);
  if (!(await claimReportMail(store, due.week, who))) return 'sent-before';
  const outcome = await deliver(weeklyMail(await figures()), context.aws);
  if (outcome.status !== 'accepted')
    context.log.warn('report-mail-failed', { week: due.week, reason: outcome.reason });
  return outcome.status;
};

/** @returns how many were sent, and when the next ones are due (milliseconds) */
export const sendWeekly = async (services: Services): Promise<{ sent: number; next?: number }> => {
  const { store, catalogue, context } = services;
  const now = store.clock.now();
  const client = await catalogue.client();
  const { mail } = client.reports ?? defaultReportSettings();
  const all = await recipients(services);
  if (all.length === 0) return { sent: 0 };
  const next = nextMail(mail, client.timezone, now);
  const due = dueMail(mail, client.timezone, now);
  if (!due) return { sent: 0, next };
  if (isOfLostTime((await readSending(store)).restored, due.at)) return { sent: 0, next };
  const definitions = await definitionsIn(store);
  const range = { from: due.from, to: due.to, timezone: definitions.timezone };
  const readAll = () =>
    Promise.all([
      overviewOf(store, range, definitions),
      kpisOf(store, range, definitions),
      splitTestsOf(store, definitions),
    ]);
  let read: ReturnType<typeof readAll> | undefined;
  let sent = 0;
  for (const to of all) {
    const outcome = await sendTo(services, to, due, async () => {
      read ??= readAll();
      const [overview, kpis, tests] = await read;
      // Nobody's: what providers tell of it is told of no contact and no journey.
      const sendId = `${derivedId('report', due.week)}-${newId()}`;
      return { to, sendId, now, client, settings: context.settings, overview, kpis, tests };
    });
    if (outcome === 'accepted') sent++;
  }
  return { sent, next };
};
