import { cents, count, dayOf, type Known, type Span, within } from './plain-count.ts';

/** What `plain-count.ts` leaves out: key figures, cohorts, channels, days, campaigns and outcomes by reason. */

type Run = Known & { converted?: { at: string; value?: number }; about: { since: string; source?: Touch } };
interface Touch {
  source: string;
  campaign?: string;
}

const byReason = (items: readonly Known[]): Record<string, number> => {
  const found: Record<string, number> = {};
  for (const { reason } of items) found[String(reason)] = (found[String(reason)] ?? 0) + 1;
  return found;
};

const worth = (runs: readonly Run[]): number => cents(runs.map((run) => run.converted?.value ?? 0));

const messages = (sends: readonly Known[], readers: readonly Known[]) => {
  const with_ = (member: string): number => count(sends, (send) => send[member]);
  const status = (name: string): number => count(sends, (send) => send.status === name);
  const was = (name: string): number =>
    count(readers, (event) => (event.message as { was?: string } | undefined)?.was === name);
  return {
    ...{ messages: sends.length, sent: status('sent'), skipped: status('skipped'), failed: status('failed') },
    ...{ indeterminate: status('indeterminate'), delivered: with_('deliveredAt'), opened: with_('openedAt') },
    ...{ clicked: with_('clickedAt'), bounced: with_('hardBouncedAt'), complained: with_('complainedAt') },
    unsubscribed: was('unsubscribed'),
  };
};

const fourPlaces = (n: number): number => Math.round(n * 10_000) / 10_000;

const nextMonth = (month: string): string => {
  const [year = 0, of = 0] = month.split('-').map(Number);
  return of === 12 ? `${year + 1}-01` : `${year}-${String(of + 1).padStart(2, '0')}`;
};
const monthsUpTo = (from: string, to: string): string[] =>
  from > to ? [] : [from, ...monthsUpTo(nextMonth(from), to)];

interface Customer {
  months: readonly string[];
  orders: readonly { month: string; value: number }[];
}

const customersIn = (all: readonly Known[]): Customer[] =>
  [...Map.groupBy(all, (item) => String(item.contact ?? item.id)).values()]
    .map((items) => {
      const orders = items
        .filter((item) => item.name === 'Order Completed')
        .map((item) => ({ month: dayOf(item.happenedAt).slice(0, 7), value: paidOf(item) }));
      const known = orders.filter(({ value }) => value !== undefined) as { month: string; value: number }[];
      return { months: [...new Set(orders.map(({ month }) => month))].sort(), orders: known };
    })
    .filter(({ months }) => months.length > 0);

const paidOf = ({ properties }: Known): number | undefined => {
  const { revenue, currency } = properties as { revenue?: number; currency?: string };
  return currency === 'USD' ? undefined : revenue;
};

/** What customers of each first month had brought by the end of each month, and who was there and who left. */
const cohortsOf = (customers: readonly Customer[], last: string, over: string) =>
  Object.fromEntries(
    [...Map.groupBy(customers, ({ months }) => months[0]!)]
      .filter(([cohort]) => cohort <= last)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([cohort, of]) => [
        cohort,
        monthsUpTo(cohort, last).map((month, i, months) => {
          const before = i === 0 ? [] : of.filter((each) => each.months.includes(months[i - 1]!));
          const left = count(before, (each) => !each.months.includes(month));
          const brought = of.map(({ orders }) =>
            orders.reduce((sum, order) => (order.month <= month ? sum + order.value : sum), 0),
          );
          const mean = brought.reduce((a, b) => a + b, 0) / of.length;
          const spread = Math.sqrt(
            brought.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (of.length - 1) / of.length,
          );
          return {
            ...{ month, there: count(of, (each) => each.months.includes(month)), size: of.length },
            left: before.length > 0 && month < over ? [left, before.length] : undefined,
            revenue: cents(brought),
            mean:
              of.length < 10
                ? undefined
                : [mean, mean - 1.959964 * spread, mean + 1.959964 * spread].map(fourPlaces),
          };
        }),
      ]),
  );

/** Months of the days asked for that are whole and over. */
const wholeMonths = ({ from, to }: Span, over: string): string[] =>
  monthsUpTo(from.slice(0, 7), to.slice(0, 7)).filter((month) => {
    const [year = 0, of = 0] = month.split('-').map(Number);
    const lastDay = `${month}-${new Date(Date.UTC(year, of, 0)).getUTCDate()}`;
    return `${month}-01` >= from && lastDay <= to && month < over;
  });

const churnOf = (customers: readonly Customer[], months: readonly string[]) => {
  let [atRisk, left] = [0, 0];
  for (const { months: there } of customers)
    for (const month of months) {
      const before = there.find((each) => nextMonth(each) === month);
      if (before === undefined) continue;
      atRisk++;
      if (!there.includes(month)) left++;
    }
  return { atRisk, left };
};

/** What was spent: so much in February and in March, of a month that is asked for in part by its days. */
export const spent = { '2026-02': 280, '2026-03': 310 } as const;
const costIn = ({ from, to }: Span): number => {
  let cost = 0;
  for (const [month, amount] of Object.entries(spent)) {
    const [year = 0, of = 0] = month.split('-').map(Number);
    const days = new Date(Date.UTC(year, of, 0)).getUTCDate();
    for (let day = 1; day <= days; day++) {
      const name = `${month}-${String(day).padStart(2, '0')}`;
      if (name >= from && name <= to) cost += amount / days;
    }
  }
  return Math.round(cost * 10_000) / 10_000;
};

/** An hour, a day and the two days that are all of it. */
export const looks = [3_600, 86_400, 172_800] as const;
const soonOf = (reactions: readonly Known[]) => {
  const heard = reactions.filter(({ branch, endedAt }) => branch === 0 && endedAt !== undefined);
  const took = heard.map(({ at, endedAt }) => Date.parse(String(endedAt)) - Date.parse(String(at)));
  return {
    answers: heard.length,
    unanswered: count(reactions, ({ branch }) => branch === -1),
    within: looks.map((seconds) => count(took, (ms) => ms <= seconds * 1_000)),
  };
};

export const plainMore = (all: readonly Known[], span: Span, { today }: { today: string }) => {
  const runs = all.filter((item) => item.kind === 'run') as Run[];
  const begun = runs.filter((run) => within(run.startedAt, span));
  const converted = runs.filter((run) => run.converted && within(run.converted.at, span));
  const sends = all.filter((item) => item.kind === 'send');
  const made = sends.filter((item) => within(item.at, span));
  const steps = all.filter((item) => item.kind === 'step' && within(item.at, span));
  const events = all.filter((item) => item.kind === 'event' && within(item.happenedAt, span));
  const orders = events.filter((event) => event.name === 'Order Completed');
  const stars = events
    .filter((event) => event.name === 'Rated')
    .map(({ properties }) => properties as { stars: number });
  const scores = events
    .filter((event) => event.name === 'survey')
    .map(({ properties }) => Number((properties as { score: string }).score))
    .filter((score) => !Number.isNaN(score));
  const paying = orders.map(paidOf).filter((value) => value !== undefined);
  const customers = customersIn(all);
  const over = today.slice(0, 7);
  const whole = wholeMonths(span, over);
  const inWhole = all.filter(
    (item) => item.name === 'Order Completed' && whole.includes(dayOf(item.happenedAt).slice(0, 7)),
  );
  const at = (step: string) => made.filter((item) => item.step === step);
  const campaigns = new Map<
    string,
    { entered: number; converted: number; conversions: number; value: number }
  >();
  for (const name of ['google', 'newsletter', 'facebook'].map((source) => `${source} / spring`)) {
    const of = (run: Run): boolean =>
      run.about.source?.campaign !== undefined &&
      `${run.about.source.source} / ${run.about.source.campaign}` === name;
    campaigns.set(name, {
      entered: count(begun, of),
      converted: count(begun, (run) => of(run) && run.converted),
      conversions: count(converted, of),
      value: worth(converted.filter(of)),
    });
  }
  const vip = (run: Run): boolean =>
    (run.about as unknown as { segments: string[] }).segments.includes('vip');
  const source = (run: Run): string => run.about.source?.source ?? '(none)';
  const days = new Map<string, number[]>();
  const put = (day: string, i: number): void => {
    const row = days.get(day) ?? [0, 0, 0];
    row[i]!++;
    days.set(day, row);
  };
  for (const event of orders) put(dayOf(event.happenedAt), 0);
  for (const run of converted) put(dayOf(run.converted?.at), 1);
  for (const send of made) if (send.status === 'sent') put(dayOf(send.at), 2);
  const { atRisk, left } = churnOf(customers, whole);
  return {
    channel: messages(made, events),
    templates: Object.fromEntries(
      ['welcome', 'offer'].map((template) => {
        const {
          unsubscribed: _,
          indeterminate: __,
          ...rest
        } = messages(
          made.filter((send) => send.template === template),
          [],
        );
        return [template, rest];
      }),
    ),
    health: {
      indeterminate: count(made, (send) => send.status === 'indeterminate'),
      quarantined: count(all, (item) => item.state === 'quarantined' && !item.removed),
      bounces: [count(made, (send) => send.hardBouncedAt), count(made, (send) => send.status === 'sent')],
      complaints: [count(made, (send) => send.complainedAt), count(made, (send) => send.status === 'sent')],
      active: count(runs, (run) => run.status !== 'ended' && !run.removed),
    },
    report: {
      refused: byReason(all.filter((item) => item.kind === 'refusal' && within(item.bornAt, span))),
      exited: count(begun, (run) => (run.ended as { how?: string } | undefined)?.how === 'exited'),
      out: count(begun, (run) => (run.ended as { step?: string } | undefined)?.step === 'out'),
      held: byReason(
        begun
          .filter(
            (run) =>
              run.status !== 'ended' &&
              !run.removed &&
              (run.wait as { kind?: string } | undefined)?.kind === 'hold',
          )
          .map((run) => run.wait as Known),
      ),
      hook: byReason(steps.filter((step) => step.step === 'hook' && step.outcome === 'failed')),
      failed: byReason(at('hello').filter(({ status }) => status === 'failed')),
      bounced: count(at('hello'), (send) => send.bouncedAt),
      unsubscribed: count(events, ({ message }) => {
        const fact = message as { step: string; was: string } | undefined;
        return fact?.step === 'hello' && fact.was === 'unsubscribed';
      }),
      rate: [count(begun, (run) => run.converted), begun.length],
    },
    segment: {
      members: count(all, (item) => item.kind === 'membership' && !item.removed),
      conversions: count(converted, vip),
      value: worth(converted.filter(vip)),
    },
    sources: Object.fromEntries(
      ['(none)', 'facebook', 'google', 'newsletter'].map((name) => [
        name,
        {
          converted: count(begun, (run) => source(run) === name && run.converted),
          value: worth(converted.filter((run) => source(run) === name)),
        },
      ]),
    ),
    campaigns: Object.fromEntries(campaigns),
    days: Object.fromEntries([...days].sort()),
    // All that entered each arm, and who of them converted afterwards.
    arms: [0, 1].map((branch) => {
      const took = steps.filter((step) => step.step === 'test' && step.branch === branch);
      const goals = took.filter(({ run, at }) => {
        const { converted: goal } = runs.find(({ id }) => id === run) ?? {};
        return goal !== undefined && String(at) <= goal.at;
      });
      return [goals.length, took.length];
    }),
    // Waits that were answered while they listened: by when, of all; and those that nobody answered.
    soon: soonOf(steps.filter((step) => step.step === 'reaction' && step.outcome === 'answered')),
    kpis: {
      nps: {
        promoters: count(scores, (score) => score >= 9),
        passive: count(scores, (score) => score === 7 || score === 8),
        detractors: count(scores, (score) => score <= 6),
      },
      csat: { satisfied: count(stars, (each) => each.stars >= 4), answers: stars.length },
      'average-revenue': { orders: paying.length, revenue: cents(paying) },
      'cost-per-acquisition': { cost: costIn(span), conversions: converted.length },
      return: { revenue: cents(paying), cost: costIn(span) },
      'conversion-rate': {
        'runs that reached their goal': count(begun, (run) => run.converted),
        'runs begun': begun.length,
      },
      churn: { months: whole.length, 'at risk': atRisk, left },
      'lifetime-value': {
        months: whole.length,
        'customer months': customers.reduce(
          (sum, { months }) => sum + count(months, (month) => whole.includes(month)),
          0,
        ),
        revenue: cents(inWhole.map((event) => paidOf(event) ?? 0)),
        ...{ 'at risk': atRisk, left },
      },
    },
    toGoal: [1, 2].map((version) =>
      begun
        .filter((run) => run.version === version)
        .map((run) => Date.parse(run.converted?.at ?? '') - Date.parse(String(run.startedAt))),
    ),
    cycles: converted
      .map((run) => Date.parse(run.converted?.at ?? '') - Date.parse(run.about.since))
      .sort((a, b) => a - b),
    cohorts: cohortsOf(customers, (span.to < today ? span.to : today).slice(0, 7), over),
  };
};
