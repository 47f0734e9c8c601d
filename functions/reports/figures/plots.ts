import { describeDuration } from '#kernel/durations';
import { plural } from '#kernel/words';
import { plotBars } from '#plot/bars';
import { plotPanels } from '#plot/columns';
import type { Rate } from '#policy/reports/evidence';
import type { Report } from '../read-report/report.ts';
import type { Kpis } from './kpis.ts';
import type { Overview } from './overview.ts';
import { percent, tellArm, tellLot, tellRate, tellSamples } from './tell-evidence.ts';

export const overviewPlots = {
  days: ({ days, range }: Overview): string => {
    const labels = days.map(({ day }) => day.slice(5));
    return plotPanels('Overview', `${range.from} to ${range.to}, ${range.timezone}`, [
      {
        ...{ title: 'Messages', labels },
        series: [
          { name: 'sent', tone: 'email', values: days.map(({ messages }) => messages.sent) },
          {
            ...{ name: 'not sent', tone: 'sms' },
            values: days.map(({ messages }) => messages.skipped + messages.failed),
          },
        ],
      },
      {
        ...{ title: 'Leads', labels },
        series: [{ name: 'leads', tone: 'push', values: days.map(({ leads }) => leads) }],
      },
      {
        ...{ title: 'Conversions', labels },
        series: [{ name: 'goals reached', tone: 'leaf', values: days.map(({ conversions }) => conversions) }],
      },
    ]);
  },
};

const rangeOf = ({ range }: Report): string =>
  range ? `${range.from} to ${range.to}, ${range.timezone}` : 'since the journey began';

type Bar = Parameters<typeof plotBars>[2][number];
const rateBar = (name: string, rate: Rate): Bar => ({
  ...{ name, value: rate.value ?? 0, low: rate.low, high: rate.high, told: tellRate(rate) },
});
export const journeyPlots = {
  funnel: (report: Report): string =>
    plotBars(
      `Funnel of ${report.journey}`,
      `${report.entered} entered, ${report.converted} converted; ${rangeOf(report)}`,
      [
        { name: 'entered', value: report.entered, told: String(report.entered) },
        ...report.steps.map(({ id, entered }) => ({
          ...{ name: id, value: entered },
          told:
            report.entered > 0 ? `${entered}, ${percent(entered / report.entered)} of all who entered` : '0',
        })),
        { name: 'converted', value: report.converted, told: String(report.converted) },
      ],
    ),
  branches: (report: Report): string =>
    plotBars(
      `Branches of ${report.journey} against the goal`,
      `Lines are 95 % intervals; ${rangeOf(report)}`,
      report.steps.flatMap(({ id, evidence }) =>
        (evidence?.arms ?? []).flatMap((arm, i, { length }) => {
          const { value, low, high } = arm.rate;
          return [
            {
              ...{ name: `${id}/${arm.answer}`, value: value ?? 0, told: tellArm(arm) },
              ...(value === null ? {} : { low, high }),
            },
            ...(evidence && i === length - 1
              ? [{ name: '', value: 0, told: `${tellLot(evidence)}; ${tellSamples(evidence)}` }]
              : []),
          ];
        }),
      ),
    ),
  waits: ({ journey, steps }: Report): string =>
    plotBars(
      `How soon answers came in ${journey}`,
      'Of the answers of each wait; lines are 95 % intervals',
      steps.flatMap(({ id, answerTimes }) =>
        (answerTimes?.within ?? []).map(({ seconds, ofAnswers }) =>
          rateBar(`${id}, within ${describeDuration(seconds * 1000)}`, ofAnswers),
        ),
      ),
    ),
  versions: ({ journey, byVersion }: Report): string =>
    plotBars(
      `The goal of ${journey} by version`,
      byVersion
        ? `Within ${plural(byVersion.days, 'day')}; other people at another time, so no proof; lines are 95 % intervals`
        : 'There is one version to tell of',
      (byVersion?.versions ?? []).map(({ version, rate }) => rateBar(`version ${version}`, rate)),
    ),
};

const money = new Intl.NumberFormat('en', { maximumFractionDigits: 2 });

/** More would be no picture; the table has them all. */
const mostCohorts = 12;

const until = ({ range }: Kpis): string => `Lines are 95 % intervals; to ${range.to}`;
const late = ({ cohorts }: Kpis): Kpis['cohorts'] => cohorts.slice(-mostCohorts);

const lifetimeBar = (
  { cohort, size }: Kpis['cohorts'][number],
  currency: string,
  { month, perCustomer, low, high }: NonNullable<Kpis['cohorts'][number]['lifetime']>[number],
): Bar => ({
  ...{ name: `${cohort}, until ${month}`, value: perCustomer ?? 0 },
  ...(perCustomer === null || low === undefined || high === undefined
    ? { told: `too few to say, of ${size}` }
    : {
        ...{ low: Math.max(0, low), high },
        told: `${money.format(perCustomer)} ${currency} (${money.format(low)} to ${money.format(high)}) of ${size}`,
      }),
});

export const kpiPlots = {
  cohorts: (kpis: Kpis): string =>
    plotBars(
      'Who was there again, by month of the first purchase',
      until(kpis),
      late(kpis).flatMap(({ cohort, months }) =>
        months
          .filter(({ month }) => month !== cohort)
          .map(({ month, rate }) => rateBar(`${cohort}, in ${month}`, rate)),
      ),
    ),
  churn: (kpis: Kpis): string =>
    plotBars(
      'Who left, by month of the first purchase',
      until(kpis),
      late(kpis).flatMap(({ cohort, months }) =>
        months.flatMap(({ month, churn }) => (churn ? [rateBar(`${cohort}, in ${month}`, churn)] : [])),
      ),
    ),
  lifetime: (kpis: Kpis): string =>
    plotBars(
      'What a customer brought, by month of the first purchase',
      until(kpis),
      late(kpis).flatMap((cohort) =>
        (cohort.lifetime ?? []).map((month) => lifetimeBar(cohort, kpis.currency ?? '', month)),
      ),
    ),
};
