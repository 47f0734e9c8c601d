import { parse } from 'jsonc-parser';
import type { Report } from '#functions/reports/read-report/report';
import type { ClientFolder } from '../client-folder.ts';

interface Node {
  type?: string;
  steps?: Node[];
  branches?: Node[];
  arms?: Node[];
  otherwise?: Node;
}

/** The most mails on one way through the steps; what `goto` repeats is counted once. */
const mostMails = (steps: readonly Node[] = []): number =>
  steps.reduce((sum, step) => {
    const inner = [
      ...(step.branches ?? []),
      ...(step.arms ?? []),
      ...(step.otherwise ? [step.otherwise] : []),
    ];
    const own = step.type === 'email' ? 1 : 0;
    return sum + own + Math.max(0, ...inner.map((sequence) => mostMails(sequence.steps)));
  }, 0);

/** Mails that a contact gets at most, in the longest-winded journey of the folder. */
export const mailsInFolder = ({ journeys }: ClientFolder): number =>
  Math.max(0, ...Object.values(journeys).map((text) => mostMails((parse(text) as Node | undefined)?.steps)));

/** Mails that a contact got, over all journeys that somebody entered. Undefined: nobody has. */
export const mailsMeasured = (reports: readonly Report[]): number | undefined => {
  const entered = reports.reduce((sum, report) => sum + report.entered, 0);
  const sent = reports.flatMap(({ steps }) => steps).filter(({ type }) => type === 'email');
  return entered === 0 ? undefined : sent.reduce((sum, step) => sum + step.sent, 0) / entered;
};
