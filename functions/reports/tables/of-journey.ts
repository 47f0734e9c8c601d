import { describeDuration } from '#kernel/durations';
import type { Report, StepReport } from '../read-report/report.ts';
import { counted, field, listed, members, share, sixPlaces, type Table, tabulate, total } from './table.ts';

type Steps = readonly StepReport[];

interface Figure {
  figure: string;
  value: number;
  /** Of all who entered. */
  rate?: Report['conversion'];
}

/** What is known of a journey as a whole. */
const summaryRows = (report: Report): Figure[] => {
  const { entered, active, converted, value, conversion, timeToConvert, ended, refused } = report;
  return [
    { figure: 'entered', value: entered },
    { figure: 'under way', value: active },
    { figure: 'converted', value: converted, rate: conversion },
    { figure: 'value', value },
    ...(timeToConvert
      ? [
          { figure: 'seconds to the goal, median', value: timeToConvert.medianSeconds },
          { figure: 'seconds to the goal, nine of ten', value: timeToConvert.p90Seconds },
        ]
      : []),
    ...Object.entries(ended).map(([how, n]) => ({ figure: `ended: ${how}`, value: n })),
    ...Object.entries(refused).map(([reason, n]) => ({ figure: `not let in: ${reason}`, value: n })),
  ];
};

const rounded = (n: number | undefined): number | undefined => (n === undefined ? n : sixPlaces(n));

const ofStep = (steps: Steps): Table =>
  tabulate('steps', 'Steps', steps, [
    field('step', ({ id }) => id),
    ...members('type', 'name', 'entered', 'waiting', 'sent', 'delivered', 'opened', 'clicked'),
    ...members('bounced', 'complained'),
    field('unsubscribed', ({ unsubscribed = 0 }) => unsubscribed),
    ...members('converted', 'exited', 'indeterminate'),
    field('held', ({ held }) => total(held)),
    field('skipped', ({ skipped }) => total(skipped)),
    field('failed', ({ failed }) => total(failed)),
    field('why held', ({ held }) => counted(held)),
    field('why skipped', ({ skipped }) => counted(skipped)),
    field('why failed', ({ failed }) => counted(failed)),
  ]);

const ofAnswer = (steps: Steps): Table =>
  tabulate(
    'answers',
    'Branches and arms',
    steps.flatMap(({ id, answers, evidence }) => answers.map((answer) => ({ id, evidence, ...answer }))),
    [
      field('step', ({ id }) => id),
      ...members('answer'),
      field('came', ({ count }) => count),
      share('share', (row) => row.share),
      ...members('converted'),
      share('goal rate', ({ goal }) => goal),
      field('chance to be best', ({ evidence, branch }) =>
        rounded(evidence?.arms.find((arm) => arm.branch === branch)?.chanceToBeBest),
      ),
      field('by lot', ({ evidence }) => evidence && (evidence.isRandom ? 'yes' : 'no')),
      field('compared by', ({ evidence }) => evidence?.by),
      field('p of the leader', ({ evidence }) => rounded(evidence?.pValue)),
      field('more runs per arm needed', ({ evidence }) => evidence?.samplesNeeded),
    ],
  );

const ofReason = (steps: Steps): Table =>
  tabulate(
    'skipped',
    'Skipped and failed, by reason',
    steps.flatMap(({ id, skipped, failed }) =>
      Object.entries({ skipped, failed }).flatMap(([outcome, counts]) =>
        Object.entries(counts).map(([reason, count]) => ({ step: id, outcome, reason, count })),
      ),
    ),
    members('step', 'outcome', 'reason', 'count'),
  );

const ofWait = (steps: Steps): Table =>
  tabulate(
    'waits',
    'How soon answers came',
    steps.flatMap(({ id, answerTimes }) =>
      (answerTimes?.within ?? []).map((within) => ({ id, ...answerTimes, ...within })),
    ),
    [
      field('step', ({ id }) => id),
      field('within', ({ seconds }) => describeDuration(seconds * 1000)),
      field('waits at most', ({ waitSeconds = 0 }) => describeDuration(waitSeconds * 1000)),
      field('answers until then', ({ count }) => count),
      field('answers', ({ ofAnswers }) => ofAnswers.of),
      share('share', ({ ofAnswers }) => ofAnswers),
      field('waited', ({ ofAll }) => ofAll.of),
      share('share of all', ({ ofAll }) => ofAll),
    ],
  );

const ofVersions = ({ days = 0, versions = [] }: Partial<NonNullable<Report['byVersion']>> = {}): Table =>
  tabulate('versions', 'The goal by version', versions, [
    ...members('version'),
    field('published', ({ publishedAt }) => publishedAt),
    field('runs old enough', ({ rate }) => rate.of),
    field('converted in time', ({ rate }) => rate.count),
    field('days given', () => days),
    share('goal rate', ({ rate }) => rate),
    field('changes', ({ changes }) => changes.map(({ text }) => text).join('; ')),
  ]);

/** By name; the first is what is given when no name is asked for. */
export const journeyTables = {
  steps: ({ steps }: Report) => ofStep(steps),
  summary: (report: Report) =>
    tabulate('summary', 'In all', summaryRows(report), [
      ...members('figure', 'value'),
      share('rate', ({ rate }) => rate),
    ]),
  answers: ({ steps }: Report) => ofAnswer(steps),
  leaves: ({ leaves }: Report) =>
    tabulate('leaves', 'Leaves', leaves, [
      field('leaf', ({ id }) => id),
      field('reached', ({ count }) => count),
    ]),
  links: ({ steps }: Report) =>
    tabulate(
      'links',
      'Links',
      steps.flatMap(({ id, template = '', links = [] }) =>
        links.map((link) => ({ step: id, template, ...link })),
      ),
      members('step', 'template', 'link', 'people'),
    ),
  skipped: ({ steps }: Report) => ofReason(steps),
  waits: ({ steps }: Report) => ofWait(steps),
  versions: ({ byVersion }: Report) => ofVersions(byVersion),
  suggestions: ({ suggestions = [] }: Report) =>
    tabulate('suggestions', 'What to look at', suggestions, [
      ...members('step', 'kind'),
      field('shows a cause', ({ isCausal }) => (isCausal ? 'yes' : 'no')),
      ...members('text'),
      field('numbers', ({ numbers }) => listed(numbers)),
    ]),
};
