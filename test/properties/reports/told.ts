import type * as z from 'zod';
import type { Kpis } from '#functions/reports/figures/kpis';
import type { Overview } from '#functions/reports/figures/overview';
import type { segmentsSchema, sourcesSchema, templatesSchema } from '#functions/reports/figures/subjects';
import type { Report } from '#functions/reports/read-report/report';
import { looks } from './plain-more.ts';

interface Answers {
  report: Report;
  overview: Overview;
  kpis: Kpis;
  templates: z.output<typeof templatesSchema>['templates'];
  segments: z.output<typeof segmentsSchema>['segments'];
  sources: z.output<typeof sourcesSchema>['sources'];
  campaigns: z.output<typeof sourcesSchema>['campaigns'];
}

const share = ({ count, of }: { count: number; of: number }): number[] => [count, of];
const round = (n: number): number => Math.round(n * 100) / 100;

const cohortsOf = ({ cohorts }: Kpis) =>
  Object.fromEntries(
    cohorts.map(({ cohort, size, months, lifetime = [] }) => [
      cohort,
      months.map(({ month, rate, churn }, i) => {
        const { revenue, perCustomer, low, high } = lifetime[i]!;
        return {
          ...{ month, there: rate.count, size, left: churn && share(churn), revenue: round(revenue) },
          mean: perCustomer === null ? undefined : [perCustomer, low!, high!],
        };
      }),
    ]),
  );

/** What was answered, as `plainMore` counts it. */
export const moreOf = ({ report, overview, kpis, templates, segments, sources, campaigns }: Answers) => {
  const step = (id: string) => report.steps.find((each) => each.id === id);
  const basis = (id: string): Record<string, number> => kpis.kpis.find((kpi) => kpi.id === id)!.basis;
  const { bounces, complaints, indeterminate, quarantined } = overview.health;
  const vip = segments.find(({ segment }) => segment === 'vip')!;
  const times = step('reaction')!.answerTimes!;
  const cycle = kpis.kpis.find(({ id }) => id === 'cycle-length')!;
  return {
    channel: overview.channels.email,
    templates: Object.fromEntries(
      templates.map(({ template, converted: _, openRate: __, clickRate: ___, ...rest }) => [template, rest]),
    ),
    health: {
      ...{ indeterminate, quarantined, active: overview.active },
      ...{ bounces: share(bounces), complaints: share(complaints) },
    },
    report: {
      ...{ refused: report.refused, exited: report.ended.exited ?? 0, out: step('out')?.exited ?? 0 },
      ...{ held: step('hello')!.held, hook: step('hook')?.failed ?? {}, failed: step('hello')!.failed },
      ...{ bounced: step('hello')!.bounced, unsubscribed: step('hello')!.unsubscribed ?? 0 },
      rate: share(report.conversion!),
    },
    segment: { members: vip.members, conversions: vip.conversions, value: vip.value },
    sources: Object.fromEntries(
      sources.map(({ source, converted, value }) => [source, { converted, value }]),
    ),
    campaigns: Object.fromEntries(
      campaigns.map(({ source, entered, converted, conversions, value }) => [
        source,
        { entered, converted, conversions, value },
      ]),
    ),
    days: Object.fromEntries(
      overview.days
        .map(({ day, orders, conversions, messages }) => [day, [orders, conversions, messages.sent]] as const)
        .filter(([, counts]) => counts.some((n) => n > 0)),
    ),
    arms: step('test')!.evidence!.arms.map(({ rate }) => share(rate)),
    soon: {
      answers: times.answers,
      unanswered: times.unanswered,
      within: looks.map((look) => times.within.find(({ seconds }) => seconds === look)?.count),
    },
    byVersion: report.byVersion!,
    kpis: Object.fromEntries(
      [
        'cost-per-acquisition',
        'return',
        'nps',
        'csat',
        'average-revenue',
        'conversion-rate',
        'churn',
        'lifetime-value',
      ].map((id) => [id, basis(id)]),
    ),
    cycle: { count: basis('cycle-length').conversions ?? 0, median: cycle.value ?? 0 },
    cohorts: cohortsOf(kpis),
  };
};
