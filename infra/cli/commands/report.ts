import { writeFileSync } from 'node:fs';
import { type Command, Option } from 'commander';
import type { Kpis } from '#functions/reports/figures/kpis';
import type { Overview } from '#functions/reports/figures/overview';
import type { Table } from '#functions/reports/figures/table';
import {
  kpiTables,
  overviewTables,
  segmentTables,
  sourceTables,
  templateTables,
} from '#functions/reports/figures/tables';
import { tellArm, tellLot, tellSamples } from '#functions/reports/figures/tell-evidence';
import type { Report } from '#functions/reports/read-report/report';
import { tellKpi } from '#functions/reports/tend-reports/mail';
import { type ApiOptions, call, exchange, withApi } from '../api.ts';
import { Failure } from '../failure.ts';
import { plainLine } from '../output/plain-line.ts';
import { formatTable } from '../output/table.ts';

const kinds = ['overview', 'kpis', 'templates', 'segments', 'sources'] as const;
type Kind = (typeof kinds)[number];

interface Options extends ApiOptions {
  json?: boolean;
  of?: Kind;
  from?: string;
  to?: string;
  csv?: string | true;
  svg?: string | true;
  output?: string;
  rebuild?: boolean;
}

export const addReport = (program: Command): void => {
  withApi(
    program
      .command('report')
      .description('what became of everybody who entered a journey, or the figures of all of them')
      .argument('[journey]', 'journey id; the overview when left out'),
  )
    .addOption(new Option('--of <kind>', 'figures of all journeys').choices([...kinds]))
    .option('--from <day>', 'first day, such as 2026-11-01')
    .option('--to <day>', 'last day')
    .option('--csv [table]', 'a table for spreadsheets')
    .option('--svg [plot]', 'a plot')
    .option('-o, --output <file>', 'into a file instead of the terminal')
    .option('--rebuild', 'count all figures anew from what is stored')
    .option('--json', 'the figures as JSON')
    .action(async (journey: string | undefined, options: Options) => {
      if (options.rebuild) return rebuild(options);
      write(options, await told(journey, options));
    });
};

const write = ({ output }: Options, text: string): void => {
  if (output === undefined) process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
  else writeFileSync(output, text);
};

const pathOf = (journey: string | undefined, { of = 'overview' }: Options): string =>
  journey === undefined ? `/v1/reports/${of}` : `/v1/journeys/${encodeURIComponent(journey)}/report`;

const told = async (journey: string | undefined, options: Options): Promise<string> => {
  const { from, to, csv, svg, of } = options;
  if (journey !== undefined && of !== undefined) throw new Failure('Name a journey or --of, not both.', 2);
  const query = new URLSearchParams({
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    ...(csv !== undefined && { format: 'csv', ...(csv !== true && { table: csv }) }),
    ...(svg !== undefined && { format: 'svg', ...(svg !== true && { plot: svg }) }),
  });
  const path = `${pathOf(journey, options)}${query.size > 0 ? `?${query}` : ''}`;
  if (csv !== undefined || svg !== undefined) return (await exchange(options, 'GET', path)).text;
  const answer = await call(options, 'GET', path);
  if (options.json) return JSON.stringify(answer, null, 2);
  return journey === undefined ? describeFigures(of ?? 'overview', answer) : describeReport(answer as Report);
};

const tableOf = ({ columns, rows }: Table): string =>
  formatTable(
    columns,
    rows.map((row) => row.map((cell) => (typeof cell === 'string' ? plainLine(cell) : (cell ?? '')))),
  );

const describeKpis = (kpis: Kpis): string =>
  [
    `${kpis.range.from} to ${kpis.range.to}, ${kpis.range.timezone}; in brackets 95 % intervals`,
    ...kpis.kpis.map(
      (kpi) => `\n${kpi.name}: ${tellKpi(kpi, kpis.currency)}\n  ${kpi.definition}\n  = ${kpi.formula}`,
    ),
    ...(kpis.cohorts.length === 0 ? [] : cohortsOf(kpis)),
  ].join('\n');

const cohortsOf = (kpis: Kpis): string[] => {
  const { cohorts, lifetime } = kpiTables(kpis);
  const defined = (kpis.cohortFigures ?? []).map(
    ({ name, definition, formula }) => `\n${name}\n  ${definition}\n  = ${formula}`,
  );
  return [...defined, '', tableOf(cohorts!()), '', tableOf(lifetime!())];
};

const describeFigures = (kind: Kind, answer: unknown): string => {
  if (kind === 'kpis') return describeKpis(answer as Kpis);
  if (kind === 'overview') return tableOf(overviewTables(answer as Overview).days!());
  if (kind === 'templates') return tableOf(templateTables(answer as never).templates());
  if (kind === 'segments') return tableOf(segmentTables(answer as never).segments());
  const tables = sourceTables(answer as never);
  return `${tableOf(tables.sources())}\n\n${tableOf(tables.campaigns())}`;
};

const rebuild = async (options: Options): Promise<void> => {
  const answer = (await call(options, 'POST', '/v1/reports/rebuild')) as { state: string; making?: number };
  console.log(
    options.json
      ? JSON.stringify(answer, null, 2)
      : `All figures are counted anew${answer.making === undefined ? '' : ` (counting ${answer.making})`}; those of before are shown until that is done.`,
  );
};

export const describeReport = (report: Report): string => {
  const refused = reasons(report.refused);
  const ended = Object.entries(report.ended).map(([how, n]) => `${n} ${how}`);
  const rows = report.steps.map((step) => [
    step.id,
    step.type,
    step.entered,
    step.waiting,
    step.sent,
    step.delivered,
    step.opened,
    step.clicked,
    step.converted,
    reasons(step.held),
    reasons(step.skipped),
    reasons(step.failed),
  ]);
  return [
    `${report.journey}: ${report.entered} entered, ${report.active} under way, ${report.converted} converted${rateOf(report)}${ended.length > 0 ? `; ended: ${ended.join(', ')}` : ''}${refused === '' ? '' : `; not let in: ${refused}`}`,
    ...pauseOf(report),
    '',
    formatTable(
      [
        'step',
        'type',
        'entered',
        'waiting',
        'sent',
        'delivered',
        'opened',
        'clicked',
        'converted',
        'held',
        'skipped',
        'failed',
      ],
      rows,
    ),
    '',
    formatTable(
      ['leaf', 'reached'],
      report.leaves.map(({ id, count }) => [id, count]),
    ),
    ...evidenceOf(report),
    ...suggestionsOf(report),
  ].join('\n');
};

/** How the branches of each step did: with intervals, probabilities and what is still needed. */
const evidenceOf = ({ steps }: Report): string[] => {
  const told = steps.flatMap(({ id, evidence }) =>
    evidence
      ? [
          `  ${plainLine(id)} (${tellLot(evidence)}): ${tellSamples(evidence)}`,
          ...evidence.arms.map((arm) => `    ${plainLine(arm.answer)}: ${tellArm(arm)}`),
        ]
      : [],
  );
  return told.length === 0 ? [] : ['', 'Branches and arms against each other:', ...told];
};

const suggestionsOf = ({ suggestions = [] }: Report): string[] =>
  suggestions.length === 0
    ? []
    : ['', 'What to look at:', ...suggestions.map(({ step, text }) => `  ${step}: ${plainLine(text)}`)];

const percent = (n: number): string => `${(100 * n).toFixed(1)} %`;
const rateOf = ({ conversion }: Report): string =>
  conversion?.value === null || conversion === undefined
    ? ''
    : ` (${percent(conversion.value)}, ${percent(conversion.low)} to ${percent(conversion.high)})`;

const whys = { 'bounce-rate': 'too many mails bounced', 'complaint-rate': 'too many complained' } as const;

const pauseOf = ({ journey, paused }: Report): string[] => {
  if (!paused) return [];
  const { because, at, mails, bounced, complained } = paused;
  return [
    `paused by itself at ${at}, because ${whys[because]}: of ${mails} mails ${bounced} bounced, and ${complained} people complained. When you know why: wayleaf resume ${journey}`,
  ];
};

const reasons = (counts: Record<string, number>): string =>
  Object.entries(counts)
    .map(([reason, n]) => `${n} ${reason}`)
    .join(', ');
