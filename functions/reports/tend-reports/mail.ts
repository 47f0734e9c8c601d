import type { Settings } from '#aws/function-context';
import { buildMime } from '#channels/email/mime';
import type { EmailMessage } from '#channels/order';
import type { Client } from '#model/client';
import type { Evidence } from '../figures/evidence-of-step.ts';
import type { Kpi, Kpis } from '../figures/kpis.ts';
import type { Overview } from '../figures/overview.ts';
import { percent, tellArm, tellRate, tellSamples } from '../figures/tell-evidence.ts';

const number = new Intl.NumberFormat('en', { maximumFractionDigits: 2 });

const duration = (seconds: number): string =>
  seconds >= 172_800
    ? `${(seconds / 86_400).toFixed(1)} days`
    : seconds >= 7_200
      ? `${(seconds / 3_600).toFixed(1)} hours`
      : `${Math.round(seconds / 60)} minutes`;

const valueIn = (unit: Kpi['unit'], n: number, currency = ''): string => {
  if (unit === 'share') return percent(n);
  if (unit === 'seconds') return duration(n);
  return unit === 'money' ? `${number.format(n)} ${currency}`.trim() : number.format(n);
};

/** A figure as people read it: with its interval, or why there is none. */
export const tellKpi = ({ unit, value, low, high, note }: Kpi, currency?: string): string => {
  if (value === null) return note ?? 'not enough data';
  const told = valueIn(unit, value, currency);
  if (low === undefined || high === undefined) return told;
  return `${told} (${valueIn(unit, low, currency)} to ${valueIn(unit, high, currency)})`;
};

/** A split, and how its arms did until now. */
export interface SplitTest {
  journey: string;
  step: string;
  evidence: Evidence;
}

type Line = [what: string, told: string];

const testLines = (tests: readonly SplitTest[]): Line[] =>
  tests.flatMap(({ journey, step, evidence }): Line[] => [
    [`${journey}, ${step}`, tellSamples(evidence)],
    ...evidence.arms.map((arm): Line => [`– ${arm.answer}`, tellArm(arm)]),
  ]);

const linesOf = (overview: Overview, kpis: Kpis): Line[] => {
  const { totals, health, currency } = overview;
  const { messages } = totals;
  return [
    ['Leads', number.format(totals.leads)],
    ['Runs begun', number.format(totals.entered)],
    ['Goals reached', number.format(totals.conversions)],
    [
      'Messages sent',
      `${number.format(messages.sent)} (${number.format(messages.skipped + messages.failed)} not sent)`,
    ],
    ...(totals.orders > 0
      ? [
          [
            'Revenue',
            `${number.format(totals.revenue)} ${currency ?? ''} from ${number.format(totals.orders)} orders`.replace(
              '  ',
              ' ',
            ),
          ] as Line,
        ]
      : []),
    ...(health.bounces.value === null ? [] : [['Hard bounces', `${tellRate(health.bounces)} mails`] as Line]),
    ...(health.complaints.value === null
      ? []
      : [['Complaints', `${tellRate(health.complaints)} mails`] as Line]),
    ...(messages.indeterminate > 0
      ? [['Messages whose fate is not known', number.format(messages.indeterminate)] as Line]
      : []),
    ...(health.quarantined > 0
      ? [['Events set aside for a person', number.format(health.quarantined)] as Line]
      : []),
    ...kpis.kpis.filter(({ value }) => value !== null).map((kpi): Line => [kpi.name, tellKpi(kpi, currency)]),
  ];
};

const escaped = (text: string): string => text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);

const row = ([what, told]: Line): string =>
  `<tr><td style="padding:8px 16px 8px 0;border-bottom:1px solid #e5e7eb;color:#4b5563">${escaped(what)}</td><td style="padding:8px 0;border-bottom:1px solid #e5e7eb;text-align:right">${escaped(told)}</td></tr>`;

const note =
  'Ranges in brackets are 95 % intervals. You get this because you, or a colleague, put your address into reports.mail of client.json or into PUT /v1/reports/mail; there it can be taken out.';

const page = (title: string, lines: readonly Line[], brand: string): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escaped(title)}</title></head><body style="margin:0;padding:32px 16px;background:#f3f4f6;font:15px/1.5 Helvetica,Arial,sans-serif;color:#1f2937"><div style="max-width:560px;margin:0 auto;padding:32px;border-radius:12px;background:#fff"><h1 style="margin:0 0 16px;font-size:20px">${escaped(title)}</h1><table role="presentation" style="width:100%;border-collapse:collapse">${lines.map(row).join('')}</table><p style="margin:24px 0 0;font-size:13px;color:#6b7280">${escaped(note)}</p></div><p style="text-align:center;font-size:12px;color:#6b7280">${escaped(brand)}</p></body></html>`;

export interface WeeklyMail {
  to: string;
  sendId: string;
  now: number;
  client: Client;
  settings: Pick<Settings, 'sesConfigurationSet'>;
  overview: Overview;
  kpis: Kpis;
  /** Of journeys under way. */
  tests: readonly SplitTest[];
}

/** Counts and rates of everybody together: nothing in it tells of anybody. */
export const weeklyMail = ({
  to,
  sendId,
  now,
  client,
  settings,
  overview,
  kpis,
  tests,
}: WeeklyMail): EmailMessage => {
  const { from, to: until } = overview.range;
  const subject = `${client.brand.name}: ${from} to ${until}`;
  const lines = [...linesOf(overview, kpis), ...testLines(tests)];
  const width = Math.max(...lines.map(([what]) => what.length));
  const text = [
    subject,
    '',
    ...lines.map(([what, told]) => `${what.padEnd(width)}  ${told}`),
    '',
    note,
    '',
    client.brand.name,
  ].join('\n');
  const { address, name, domain } = client.sender;
  const raw = buildMime({
    ...{ from: { name, address }, to: { name: '', address: to } },
    ...{ subject, text, html: page(subject, lines, client.brand.name) },
    headers: {
      'Feedback-ID': `weekly:reports:report:${`wl-${client.name}`.slice(0, 15)}`,
      'X-Entity-Ref-ID': sendId,
      'X-Auto-Response-Suppress': 'OOF, AutoReply',
      'Auto-Submitted': 'auto-generated',
    },
    ...{ messageId: `${sendId}@${domain}`, date: new Date(now), boundary: sendId },
  });
  return {
    ...{ channel: 'email', sendId, to, subject, raw, envelopeFrom: address },
    tags: { sendId, journey: 'report', step: 'weekly', version: '0' },
    configurationSet: settings.sesConfigurationSet,
  };
};
