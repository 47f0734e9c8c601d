import { plotBars } from '#plot/bars';
import { plotPanels } from '#plot/columns';
import type { Rate } from '#policy/reports/evidence';
import type { Report } from '../read-report/report.ts';
import type { Kpis } from './kpis.ts';
import type { Overview } from './overview.ts';
import { tellArm, tellLot, tellRate, tellSamples } from './tell-evidence.ts';

const percent = (n: number): string => `${(100 * n).toFixed(1)} %`;

export const overviewPlots = (overview: Overview): Readonly<Record<string, () => string>> => ({
  days: () => {
    const { days, range } = overview;
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
});

const rangeOf = ({ range }: Report): string =>
  range ? `${range.from} to ${range.to}, ${range.timezone}` : 'since the journey began';

export const reportPlots = (report: Report): Readonly<Record<string, () => string>> => ({
  funnel: () =>
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
  branches: () =>
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
});

type Bar = Parameters<typeof plotBars>[2][number];
const rateBar = (name: string, rate: Rate): Bar => ({
  ...{ name, value: rate.value ?? 0, low: rate.low, high: rate.high, told: tellRate(rate) },
});
const money = new Intl.NumberFormat('en', { maximumFractionDigits: 2 });

/** More would be no picture; the table has them all. */
const mostCohorts = 12;

export const kpiPlots = ({
  cohorts: all,
  range,
  currency = '',
}: Kpis): Readonly<Record<string, () => string>> => {
  const cohorts = all.slice(-mostCohorts);
  const until = `Lines are 95 % intervals; to ${range.to}`;
  return {
    cohorts: () =>
      plotBars(
        'Who was there again, by month of the first purchase',
        until,
        cohorts.flatMap(({ cohort, months }) =>
          months
            .filter(({ month }) => month !== cohort)
            .map(({ month, rate }) => rateBar(`${cohort}, in ${month}`, rate)),
        ),
      ),
    churn: () =>
      plotBars(
        'Who left, by month of the first purchase',
        until,
        cohorts.flatMap(({ cohort, months }) =>
          months.flatMap(({ month, churn }) => (churn ? [rateBar(`${cohort}, in ${month}`, churn)] : [])),
        ),
      ),
    lifetime: () =>
      plotBars(
        'What a customer brought, by month of the first purchase',
        until,
        cohorts.flatMap(({ cohort, size, lifetime = [] }) =>
          lifetime.map(({ month, perCustomer, low, high }) => ({
            ...{ name: `${cohort}, until ${month}`, value: perCustomer ?? 0 },
            ...(perCustomer === null || low === undefined || high === undefined
              ? { told: `too few to say, of ${size}` }
              : {
                  ...{ low: Math.max(0, low), high },
                  told: `${money.format(perCustomer)} ${currency} (${money.format(low)} to ${money.format(high)}) of ${size}`,
                }),
          })),
        ),
      ),
  };
};
