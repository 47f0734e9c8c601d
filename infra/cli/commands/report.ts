import type { Command } from 'commander';
import type { Report } from '#functions/reports/read-report/report';
import { type ApiOptions, call, withApi } from '../api.ts';
import { formatTable } from '../output/table.ts';

export const addReport = (program: Command): void => {
  withApi(
    program
      .command('report')
      .description('what became of everybody who entered a journey, step by step')
      .argument('<journey>', 'journey id'),
  )
    .option('--json', 'the report as JSON')
    .action(async (journey: string, options: ApiOptions & { json?: boolean }) => {
      const report = (await call(
        options,
        'GET',
        `/v1/journeys/${encodeURIComponent(journey)}/report`,
      )) as Report;
      console.log(options.json ? JSON.stringify(report, null, 2) : describeReport(report));
    });
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
    `${report.journey}: ${report.entered} entered, ${report.active} under way, ${report.converted} converted${ended.length > 0 ? `; ended: ${ended.join(', ')}` : ''}${refused === '' ? '' : `; not let in: ${refused}`}`,
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
  ].join('\n');
};

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
