import type { z } from 'zod';
import type { Report } from '../read-report/report.ts';
import type { Kpis } from './kpis.ts';
import type { Overview, rateSchema } from './overview.ts';
import type { journeysSchema, segmentsSchema, sourcesSchema, templatesSchema } from './subjects.ts';
import type { Table } from './table.ts';

type Rate = z.output<typeof rateSchema>;

/** A share never stands alone: what it is of, and its interval, stand beside it. */
const rateColumns = (name: string): string[] => [name, `${name} low`, `${name} high`];
const rateCells = (rate: Rate | undefined): (number | null)[] =>
  rate === undefined || rate.value === null
    ? [null, null, null]
    : [rate.value, rate.low, rate.high].map((n) => Math.round(n * 1e6) / 1e6);

const reasons = (counts: Record<string, number>): string =>
  Object.entries(counts)
    .map(([reason, n]) => `${n} ${reason}`)
    .join(', ');
const all = (counts: Record<string, number>): number => Object.values(counts).reduce((a, b) => a + b, 0);

const stepCounts = [
  ...['entered', 'waiting', 'sent', 'delivered', 'opened', 'clicked', 'bounced', 'complained'],
  ...['converted', 'exited', 'indeterminate'],
] as const;

export const reportTables = (report: Report): Readonly<Record<string, () => Table>> => ({
  steps: () => ({
    id: 'steps',
    title: 'Steps',
    columns: ['step', 'type', 'name', ...stepCounts, 'skipped', 'failed', 'why skipped', 'why failed'],
    rows: report.steps.map((step) => [
      ...[step.id, step.type, step.name],
      ...stepCounts.map((what) => step[what as 'entered']),
      ...[all(step.skipped), all(step.failed), reasons(step.skipped), reasons(step.failed)],
    ]),
  }),
  answers: () => ({
    id: 'answers',
    title: 'Branches and arms',
    columns: [
      'step',
      'answer',
      'came',
      ...rateColumns('share'),
      'converted',
      ...rateColumns('goal rate'),
      ...['chance to be best', 'by lot', 'compared by', 'p of the leader', 'more runs per arm needed'],
    ],
    rows: report.steps.flatMap(({ id, answers, evidence }) =>
      answers.map(({ answer, branch, count, converted, share, goal }) => [
        ...[id, answer, count, ...rateCells(share), converted, ...rateCells(goal)],
        evidence?.arms.find((arm) => arm.branch === branch)?.chanceToBeBest ?? null,
        evidence === undefined ? null : evidence.isRandom ? 'yes' : 'no',
        ...(evidence ? [evidence.by, evidence.pValue, evidence.samplesNeeded] : [null, null, null]),
      ]),
    ),
  }),
  leaves: () => ({
    id: 'leaves',
    title: 'Leaves',
    columns: ['leaf', 'reached'],
    rows: report.leaves.map(({ id, count }) => [id, count]),
  }),
  links: () => ({
    id: 'links',
    title: 'Links',
    columns: ['step', 'template', 'link', 'people'],
    rows: report.steps.flatMap(({ id, template = '', links = [] }) =>
      links.map(({ link, people }) => [id, template, link, people]),
    ),
  }),
  skipped: () => ({
    id: 'skipped',
    title: 'Skipped and failed, by reason',
    columns: ['step', 'outcome', 'reason', 'count'],
    rows: report.steps.flatMap(({ id, skipped, failed }) => [
      ...Object.entries(skipped).map(([reason, n]) => [id, 'skipped', reason, n]),
      ...Object.entries(failed).map(([reason, n]) => [id, 'failed', reason, n]),
    ]),
  }),
  suggestions: () => ({
    id: 'suggestions',
    title: 'What to look at',
    columns: ['step', 'kind', 'shows a cause', 'text'],
    rows: (report.suggestions ?? []).map(({ step, kind, isCausal, text }) => [
      step,
      kind,
      isCausal ? 'yes' : 'no',
      text,
    ]),
  }),
});

const dayCounts = ['leads', 'events', 'entered', 'conversions', 'value', 'orders', 'revenue'] as const;
const messageCounts = [
  ...['messages', 'sent', 'delivered', 'opened', 'clicked', 'bounced', 'complained', 'unsubscribed'],
  ...['skipped', 'failed', 'indeterminate'],
] as const;

export const overviewTables = ({ days }: Overview): Readonly<Record<string, () => Table>> => ({
  days: () => ({
    id: 'days',
    title: 'By day',
    columns: ['day', ...dayCounts, ...messageCounts],
    rows: days.map((day) => [
      day.day,
      ...dayCounts.map((what) => day[what]),
      ...messageCounts.map((what) => day.messages[what as 'sent']),
    ]),
  }),
});

export const kpiTables = ({ kpis, cohorts }: Kpis): Readonly<Record<string, () => Table>> => ({
  kpis: () => ({
    id: 'kpis',
    title: 'Key figures',
    columns: ['figure', 'value', 'low', 'high', 'unit', 'definition', 'formula', 'basis', 'note'],
    rows: kpis.map(({ name, value, low, high, unit, definition, formula, basis, note }) => [
      ...[name, value, low ?? null, high ?? null, unit, definition, formula],
      Object.entries(basis)
        .map(([what, n]) => `${what}: ${n}`)
        .join('; '),
      note ?? '',
    ]),
  }),
  cohorts: () => ({
    id: 'cohorts',
    title: 'Retention and churn by cohort',
    columns: ['cohort', 'size', 'month', 'there', ...rateColumns('retention'), ...rateColumns('churn')],
    rows: cohorts.flatMap(({ cohort, size, months }) =>
      months.map(({ month, rate, churn }) => [
        ...[cohort, size, month, rate.count],
        ...[...rateCells(rate), ...rateCells(churn)],
      ]),
    ),
  }),
  lifetime: () => ({
    id: 'lifetime',
    title: 'Lifetime value by cohort',
    columns: ['cohort', 'size', 'until', 'revenue', 'per customer', 'per customer low', 'per customer high'],
    rows: cohorts.flatMap(({ cohort, size, lifetime = [] }) =>
      lifetime.map(({ month, revenue, perCustomer, low = null, high = null }) => [
        ...[cohort, size, month, revenue],
        ...[perCustomer, low, high],
      ]),
    ),
  }),
});

export const templateTables = ({ templates }: z.output<typeof templatesSchema>) => ({
  templates: (): Table => ({
    id: 'templates',
    title: 'Templates',
    columns: [
      'template',
      'messages',
      'sent',
      'delivered',
      'opened',
      'clicked',
      'bounced',
      'complained',
      'skipped',
      'failed',
      'converted',
      ...rateColumns('open rate'),
      ...rateColumns('click rate'),
    ],
    rows: templates.map((t) => [
      ...[t.template, t.messages, t.sent, t.delivered, t.opened, t.clicked, t.bounced, t.complained],
      ...[t.skipped, t.failed, t.converted, ...rateCells(t.openRate), ...rateCells(t.clickRate)],
    ]),
  }),
});

export const journeyTables = ({ journeys }: z.output<typeof journeysSchema>) => ({
  journeys: (): Table => ({
    id: 'journeys',
    title: 'Journeys',
    columns: [
      ...['journey', 'name', 'status', 'entered', 'active', 'converted', 'value'],
      ...rateColumns('goal rate'),
    ],
    rows: journeys.map((j) => [
      ...[j.journey, j.name, j.status, j.entered, j.active, j.converted, j.value],
      ...rateCells(j.conversion),
    ]),
  }),
});

export const segmentTables = ({ segments }: z.output<typeof segmentsSchema>) => ({
  segments: (): Table => ({
    id: 'segments',
    title: 'Segments',
    columns: [
      'segment',
      'members',
      'entered',
      'converted',
      'conversions',
      'value',
      ...rateColumns('goal rate'),
    ],
    rows: segments.map((s) => [
      ...[s.segment, s.members, s.entered, s.converted, s.conversions, s.value, ...rateCells(s.conversion)],
    ]),
  }),
});

export const sourceTables = ({ sources, campaigns }: z.output<typeof sourcesSchema>) => ({
  sources: (): Table => ({
    id: 'sources',
    title: 'Sources',
    columns: [
      'source',
      'leads',
      'entered',
      'converted',
      'conversions',
      'value',
      'cost',
      'cost per conversion',
      'return',
      ...rateColumns('goal rate'),
    ],
    rows: sources.map((s) => [
      ...[
        s.source,
        s.leads,
        s.entered,
        s.converted,
        s.conversions,
        s.value,
        s.cost,
        s.costPerConversion,
        s.return,
      ],
      ...rateCells(s.conversion),
    ]),
  }),
  campaigns: (): Table => ({
    id: 'campaigns',
    title: 'Campaigns',
    columns: [
      'source / campaign',
      'entered',
      'converted',
      'conversions',
      'value',
      ...rateColumns('goal rate'),
    ],
    rows: campaigns.map((s) => [
      ...[s.source, s.entered, s.converted, s.conversions, s.value, ...rateCells(s.conversion)],
    ]),
  }),
});
