/** One entry of `GET /v1/contacts/{id}/timeline`. */
export interface TimelineEntry {
  at: string;
  kind: string;
  text: string;
  journey?: string;
  step?: string;
  details: Record<string, unknown>;
}

const marks: Record<string, string> = { event: '→', run: '●', step: '·', send: '✉' };

/** One line an entry: the day only when it changes, the time, a mark for the kind, the sentence. */
export const formatTimeline = (entries: readonly TimelineEntry[], indent = ''): string => {
  let day = '';
  return entries
    .map(({ at, kind, text }) => {
      const shown = at.slice(0, 10) === day ? ' '.repeat(10) : at.slice(0, 10);
      day = at.slice(0, 10);
      return `${indent}${shown} ${at.slice(11, 16)}  ${marks[kind] ?? ' '} ${text}`;
    })
    .join('\n');
};
