import { plotBars } from '#plot/bars';
import { plotPanels } from '#plot/columns';
import type { Report } from '../read-report/report.ts';
import type { Kpis } from './kpis.ts';
import type { Overview } from './overview.ts';

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
        (evidence?.arms ?? []).map(({ answer, rate: { value, low, high, of } }) => ({
          ...{ name: `${id}/${answer}`, value: value ?? 0 },
          ...(value === null
            ? { told: 'nobody yet' }
            : { low, high, told: `${percent(value)} (${percent(low)} to ${percent(high)}) of ${of}` }),
        })),
      ),
    ),
});

export const kpiPlots = ({ cohorts, range }: Kpis): Readonly<Record<string, () => string>> => ({
  cohorts: () =>
    plotBars(
      'Who was there again, by month of the first purchase',
      `Lines are 95 % intervals; to ${range.to}`,
      cohorts.flatMap(({ cohort, months }) =>
        months
          .filter(({ month }) => month !== cohort)
          .map(({ month, rate: { value, low, high, of } }) => ({
            ...{ name: `${cohort}, in ${month}`, value: value ?? 0, low, high },
            told: `${percent(value ?? 0)} (${percent(low)} to ${percent(high)}) of ${of}`,
          })),
      ),
    ),
});
