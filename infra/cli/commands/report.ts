import { type Command, Option } from 'commander';
import type { Kpis } from '#functions/reports/figures/kpis';
import { percent, tellArm, tellLot, tellSamples } from '#functions/reports/figures/tell-evidence';
import type { Report } from '#functions/reports/read-report/report';
import { journeyTables } from '#functions/reports/tables/of-journey';
import { kpiTables } from '#functions/reports/tables/of-kpis';
import { overviewTables } from '#functions/reports/tables/of-overview';
import {
  allJourneysTables,
  segmentTables,
  sourceTables,
  templateTables,
} from '#functions/reports/tables/of-subjects';
import { counted, listed, shownOf, type Table, type Tell } from '#functions/reports/tables/table';
import { tellKpi } from '#functions/reports/tend-reports/mail';
import { type ApiOptions, call, exchange, withApi } from '../api.ts';
import { Failure } from '../failure.ts';
import { writeResult } from '../files.ts';
import { plainLine } from '../output/plain-line.ts';
import { formatTable } from '../output/table.ts';

const tables = {
  ...{ overview: overviewTables, kpis: kpiTables, journeys: allJourneysTables, templates: templateTables },
  ...{ segments: segmentTables, sources: sourceTables },
};
type Kind = keyof typeof tables;
const kinds = Object.keys(tables) as Kind[];

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
    .option('-o, --output <file>', 'else standard output, as for -')
    .option('--rebuild', 'count all figures anew from what is stored')
    .option('--json', 'the figures as JSON')
    .action(async (journey: string | undefined, options: Options) => {
      if (options.rebuild) return rebuild(options);
      write(options, await told(journey, options));
    });
};

const write = ({ output }: Options, text: string): void =>
  writeResult(output === undefined && !text.endsWith('\n') ? `${text}\n` : text, output);

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
  return journey === undefined
    ? describeFigures(of ?? 'overview', answer as object)
    : describeReport(answer as Report);
};

const figure = new Intl.NumberFormat('en', { maximumFractionDigits: 2, useGrouping: false });

const tell: Tell = (span, value, low, high) => {
  const say = span === 'share' ? percent : figure.format;
  return low === null || high === null ? say(value) : `${say(value)} (${say(low)} to ${say(high)})`;
};

/** Nothing of a table without rows. */
const tableOf = (table: Table): string[] => {
  if (table.rows.length === 0) return [];
  const { columns, rows } = shownOf(table, tell);
  const plain = rows.map((row) => row.map((cell) => (typeof cell === 'string' ? plainLine(cell) : cell)));
  return ['', table.title, formatTable(columns, plain)];
};

const defined = ({ definition, formula }: { definition: string; formula: string }): string =>
  `  ${definition}\n  = ${formula}`;

/** With what each is made of, and what is to be known of it. */
const describeKpis = ({ kpis, currency, cohorts, cohortFigures = [] }: Kpis): string[] => [
  ...kpis.flatMap((kpi) => [
    `\n${kpi.name}: ${tellKpi(kpi, currency)}`,
    defined(kpi),
    `  ${listed(kpi.basis)}`,
    ...(kpi.value !== null && kpi.note !== undefined ? [`  ${kpi.note}`] : []),
  ]),
  ...(cohorts.length === 0 ? [] : cohortFigures.map((figure) => `\n${figure.name}\n${defined(figure)}`)),
];

const rangeWords = ({ range }: { range?: Report['range'] }): string =>
  range ? `${range.from} to ${range.to}, ${range.timezone}` : 'since the beginning';

/** Of key figures the definitions stand beside them. */
const toldInWords: readonly string[] = ['kpis', 'definitions'];

/** All of its tables: those that the API gives as CSV. */
const describeFigures = (kind: Kind, answer: object): string => {
  const makers: [string, (answer: never) => Table][] = Object.entries(tables[kind]);
  const made = makers.filter(([name]) => !toldInWords.includes(name));
  return [
    `${rangeWords(answer)}; in brackets 95 % intervals`,
    ...(kind === 'kpis' ? describeKpis(answer as Kpis) : []),
    ...made.flatMap(([, table]) => tableOf(table(answer as never))),
  ].join('\n');
};

const rebuild = async (options: Options): Promise<void> => {
  const answer = (await call(options, 'POST', '/v1/reports/rebuild')) as { state: string; making?: number };
  console.log(
    options.json
      ? JSON.stringify(answer, null, 2)
      : `All figures are counted anew${answer.making === undefined ? '' : ` (counting ${answer.making})`}; those of before are shown until that is done.`,
  );
};

/** Told in sentences, below the tables. */
const { suggestions: _, ...reportTables } = journeyTables;

export const describeReport = (report: Report): string => {
  const refused = counted(report.refused);
  const ended = Object.entries(report.ended).map(([how, n]) => `${n} ${how}`);
  return [
    `${report.journey}: ${report.entered} entered, ${report.active} under way, ${report.converted} converted${rateOf(report)}${ended.length > 0 ? `; ended: ${ended.join(', ')}` : ''}${refused === '' ? '' : `; not let in: ${refused}`}`,
    ...pauseOf(report),
    ...Object.values(reportTables).flatMap((table) => tableOf(table(report))),
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
    : [
        '',
        'What to look at:',
        ...suggestions.flatMap(({ step, text, isCausal, numbers }) => [
          `  ${step} (${isCausal ? 'shows a cause' : 'no proof of a cause'}): ${plainLine(text)}`,
          `    ${listed(numbers)}`,
        ]),
      ];

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
