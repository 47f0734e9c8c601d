import type { RunStory, Story, Visit } from './interpreter/story.ts';

/** The lines that the one tells and the other does not; none when they tell the same. */
export const differences = (expected: Story, found: Story): string[] => {
  const [wanted, given] = [linesOf(expected), linesOf(found)];
  return [
    ...wanted.filter((line) => !given.includes(line)).map((line) => `interpreter  ${line}`),
    ...given.filter((line) => !wanted.includes(line)).map((line) => `machine      ${line}`),
  ].sort((a, b) => a.slice(13).localeCompare(b.slice(13)));
};

const linesOf = ({ runs }: Story): string[] =>
  runs.flatMap((run) => [
    `${run.startedAt} ${nameOf(run)} begins`,
    ...run.path.map((visit) => `${visit.at} ${nameOf(run)} ${visit.step}#${visit.visit}${whatOf(visit)}`),
    ...(run.ended === 'running'
      ? [`${run.startedAt} ${nameOf(run)} never ends`]
      : [
          `${run.ended.at} ${nameOf(run)} ends: ${run.ended.how} ${run.ended.step ?? ''} ${run.ended.as ?? ''}`,
        ]),
    ...(run.converted === undefined ? [] : [`${run.converted} ${nameOf(run)} converted`]),
  ]);

const nameOf = ({ journey, startedAt }: RunStory): string => `${journey}(${startedAt})`;

const whatOf = ({ answer, skipped, sent }: Visit): string =>
  skipped !== undefined
    ? ` skipped: ${skipped}`
    : sent !== undefined
      ? ` sent: ${sent}`
      : answer === undefined
        ? ''
        : ` answer ${answer}`;
