import type { Simulation } from '#model/simulation';
import type { Journey } from '#statemachines/document/schema';
import type { WalkedPaths } from '../../simulation/all-paths.ts';
import { formatTable } from '../output/table.ts';

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
  const sent = inTurn(sends);
  const passed = inTurn(skipped);
  const lines = timeline.map(({ at, step, type, answer, outcome }) => {
    const send = outcome === 'skipped' ? undefined : sent(step);
    const told =
      answer ?? (send ? describeSend(send) : outcome === 'skipped' ? whySkipped(passed(step)) : outcome);
    return `  ${shortTime(send?.at ?? at)}  ${marks[type] ?? '·'} ${step}  ${told ?? ''}`.trimEnd();
  });
  const how = `${ended.how}${ended.as ? ` as ${ended.as}` : ''}${ended.step ? ` at ${ended.step}` : ''}${whyKeptOut(ended)}`;
  return [
    `${document.name ?? document.id}, from ${shortTime(start)} UTC`,
    ...lines,
    `  ${shortTime(end)}  ● ${how}`,
  ].join('\n');
};

/** A loop comes by a step more than once: each visit has an entry of its own, in order. */
const inTurn = <T extends { step: string }>(entries: readonly T[]): ((step: string) => T | undefined) => {
  const left = Map.groupBy(entries, ({ step }) => step);
  return (step) => left.get(step)?.shift();
};

const describeSend = ({ to, subject }: Simulation['sends'][number]): string =>
  `to ${to}${subject ? ` "${subject}"` : ''}`;

const whySkipped = (skip: Simulation['skipped'][number] | undefined): string =>
  skip ? `skipped: ${skip.reason}${skip.missing ? ` ${skip.missing}` : ''}` : 'skipped';

const entryWords: Record<string, string> = {
  condition: 'the condition of "enter.if" does not hold for this contact',
  'no-key': 'neither the contact nor what starts the run has what "enter.key" reads',
};
const whyKeptOut = ({ how, reason = '' }: Simulation['ended']): string =>
  how === 'not-entered' ? `: ${entryWords[reason] ?? (reason || 'nothing started a run')}` : '';

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
