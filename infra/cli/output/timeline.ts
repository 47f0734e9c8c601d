import { plainLine } from './plain-line.ts';

/** One entry of `GET /v1/contacts/{id}/timeline`. */
export interface TimelineEntry {
  at: string;
  kind: string;
  text: string;
  journey?: string;
  step?: string;
  /** Ends in `/end` where a run or a wait is over. */
  id: string;
  details: Record<string, unknown>;
}

const marks: Record<string, string> = { event: '→', run: '●', step: '·', send: '✉' };

/**
 * What happened in the same millisecond (always so on a virtual clock) in the order of cause: what the
 * contact did, the run, its steps as the document has them, what came of them.
 * @param steps ids of steps, in document order
 */
export const inOrder = (entries: readonly TimelineEntry[], steps: readonly string[]): TimelineEntry[] =>
  [...entries].sort((a, b) => a.at.localeCompare(b.at) || rankOf(a, steps) - rankOf(b, steps));

const rankOf = ({ id, kind, step = '', details }: TimelineEntry, steps: readonly string[]): number => {
  if (kind === 'run') return id.endsWith('/end') ? Number.MAX_SAFE_INTEGER : 1;
  const own = 2 + 2 * steps.indexOf(step);
  if (kind === 'step' || kind === 'send') return own;
  if (details.type === 'identify') return -1;
  if (details.type === 'message') return own + 1;
  const changed = String((details.change as { by?: string } | undefined)?.by ?? '');
  return details.type === 'change' ? 3 + 2 * steps.indexOf(changed.slice(changed.indexOf('.') + 1)) : 0;
};

/** One line an entry: the day only when it changes, the time, a mark for the kind, the sentence. */
export const formatTimeline = (entries: readonly TimelineEntry[], indent = ''): string => {
  let day = '';
  return entries
    .map(({ at, kind, text }) => {
      const shown = at.slice(0, 10) === day ? ' '.repeat(10) : at.slice(0, 10);
      day = at.slice(0, 10);
      return `${indent}${shown} ${at.slice(11, 16)}  ${marks[kind] ?? ' '} ${plainLine(text)}`;
    })
    .join('\n');
};
