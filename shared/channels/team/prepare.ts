import { createRenderer } from '../liquid/render.ts';
import type { MessageOrder, TeamMessage } from '../order.ts';
import { Skip } from '../skip.ts';
import { momentOf, oneLine, variablesOf } from '../variables.ts';

/** SNS takes a subject of at most 99 printable ASCII characters; the text keeps every letter. */
const asciiSubject = (text: string): string =>
  oneLine(text.normalize('NFKD').replace(/\p{Mn}/gu, ''), 99).replace(/[^\x20-\x7e]/g, '?');

const answers = (outcomes: readonly string[] = []): string =>
  outcomes.length > 0 ? `Answer with one of: ${outcomes.join(', ')}.` : '';

/** Colleagues read the client's clock. */
const dueLine = (due: string | undefined, timeZone: string): string => {
  if (due === undefined) return '';
  const at = new Date(due);
  if (Number.isNaN(at.getTime())) return `Due: ${due}`;
  const clock = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'short', timeZone }).format(
    at,
  );
  // Versions of ICU differ in their commas.
  return `Due: ${clock.replaceAll(',', '')} (${timeZone})`;
};

/** The lines of a task, under its title. */
const taskLines = ({ task, client, settings }: MessageOrder): string[] =>
  task
    ? [
        dueLine(task.due, client.timezone),
        answers(task.outcomes),
        `Task: ${task.id}`,
        howToAnswer(task, settings.baseUrl),
      ]
    : [];

/** The address holds no secret: who answers shows the administrators' token. */
const howToAnswer = ({ id, outcomes = [] }: NonNullable<MessageOrder['task']>, baseUrl: string): string =>
  outcomes.length === 0
    ? ''
    : `To answer: POST ${baseUrl}/v1/tasks/${id}/outcome with ${JSON.stringify({ outcome: outcomes[0] })} and the token of the administrators.`;

const topicOf = ({ team, client, settings }: MessageOrder): string => {
  if (team === undefined) throw new Skip('no-address', 'no team is named');
  return client.teams[team]?.topic ?? `${settings.teamTopicPrefix}${team}`;
};

export const prepareTeam = (order: MessageOrder): TeamMessage => {
  const render = createRenderer(variablesOf(order), momentOf(order));
  const title = order.subject === undefined ? '' : oneLine(render('text', order.subject), 1_000);
  const text = order.text === undefined ? '' : render('text', order.text).trim();
  if (!title && !text) throw new Skip('template-failed', 'there is nothing to say');
  const lines = [title, text, ...taskLines(order)].filter(Boolean);
  return {
    channel: 'team',
    sendId: order.sendId,
    to: topicOf(order),
    subject: asciiSubject(title || order.run.journeyName),
    text: lines.join('\n\n').slice(0, 60_000).toWellFormed(),
  };
};
