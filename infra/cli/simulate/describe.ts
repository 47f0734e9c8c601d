import type { Simulation } from '#model/simulation';
import type { Journey } from '#statemachines/document/schema';
import type { WalkedPaths } from '../../simulation/all-paths.ts';
import { formatTable } from '../table.ts';

const marks: Record<string, string> = {
  email: '✉',
  sms: '✉',
  decide: '?',
  split: '⑂',
  wait: '◷',
  waitFor: '◷',
  exit: '■',
};

export const describeSimulation = (
  { start, end, ended, timeline, sends, skipped }: Simulation,
  document: Journey,
): string => {
  const subjects = new Map(sends.map((send) => [send.step, send]));
  const reasons = new Map(skipped.map((skip) => [skip.step, skip.reason]));
  const lines = timeline.map(({ at, step, type, answer, outcome }) => {
    const send = subjects.get(step);
    const told =
      answer ??
      (send
        ? `to ${send.to}${send.subject ? ` "${send.subject}"` : ''}`
        : reasons.has(step)
          ? `skipped: ${reasons.get(step)}`
          : outcome);
    return `  ${shortTime(send?.at ?? at)}  ${marks[type] ?? '·'} ${step}  ${told ?? ''}`.trimEnd();
  });
  const how = `${ended.how}${ended.as ? ` as ${ended.as}` : ''}${ended.step ? ` at ${ended.step}` : ''}`;
  return [
    `${document.name ?? document.id}, from ${shortTime(start)} UTC`,
    ...lines,
    `  ${shortTime(end)}  ● ${how}`,
  ].join('\n');
};

const shortTime = (at: string): string => at.slice(0, 16).replace('T', ' ');

export const describePaths = ({ paths, unreached, unreachedLeaves, reasons }: WalkedPaths): string =>
  [
    formatTable(
      ['leaf', 'way', 'contact', 'events', 'messages', 'ended'],
      paths.map(({ leaf, answers, contact, events, sends, ended }) => [
        leaf,
        answers.join(' › ') || '-',
        JSON.stringify(contact),
        events.map((event) => JSON.stringify(event)).join(' ') || '-',
        sends.map(({ step }) => step).join(', ') || '-',
        ended.how,
      ]),
    ),
    '',
    ...(unreached.length === 0
      ? ['Every step was reached.']
      : ['Steps that no path reached:', ...unreached.map((id) => withReason(id, reasons))]),
    ...(unreachedLeaves.length === 0
      ? []
      : ['Leaves that no path reached:', ...unreachedLeaves.map((id) => withReason(id, reasons))]),
  ].join('\n');

const withReason = (id: string, reasons: Readonly<Record<string, string>>): string =>
  `  ${id}: ${reasons[id] ?? 'no way was found; what comes before it may exclude it'}`;
