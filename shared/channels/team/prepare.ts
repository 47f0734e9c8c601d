import { addressOfLink } from '../links.ts';
import { createRenderer } from '../liquid/render.ts';
import type { MessageOrder, TeamMessage } from '../order.ts';
import { Skip } from '../skip.ts';
import { momentOf, oneLine, variablesOf } from '../variables.ts';

/** SNS takes a subject of at most 99 printable ASCII characters; the text keeps every letter. */
const asciiSubject = (text: string): string =>
  oneLine(text.normalize('NFKD').replace(/\p{Mn}/gu, ''), 99).replace(/[^\x20-\x7e]/g, '?');

/** Colleagues read the client's clock. */
const clockOf = (at: Date, timeZone: string): string => {
  const clock = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'short', timeZone }).format(
    at,
  );
  // Versions of ICU differ in their commas.
  return `${clock.replaceAll(',', '')} (${timeZone})`;
};

const dueLine = (due: string | undefined, timeZone: string): string => {
  if (due === undefined) return '';
  const at = new Date(due);
  return `Due: ${Number.isNaN(at.getTime()) ? due : clockOf(at, timeZone)}`;
};

/** A run waits no longer. */
const longestMs = 365 * 86_400_000;

/** A page for each answer. The link is the right to give it: whoever is in the team may, and no scanner does by looking. */
const answerLinks = (order: MessageOrder): string[] => {
  const { keys, settings, sendId, now, client, task } = order;
  if (!task?.outcomes?.length) return [];
  const until = task.openUntil ?? now + longestMs;
  const links = task.outcomes.map(
    (outcome) =>
      `${outcome}:\n${addressOfLink(keys, settings.baseUrl, 'task', { sendId, channel: 'team', madeAt: now, until, outcome })}`,
  );
  return [`Open one of these to answer, until ${clockOf(new Date(until), client.timezone)}:`, ...links];
};

const forPrograms = ({ id, outcomes = [] }: NonNullable<MessageOrder['task']>, baseUrl: string): string =>
  outcomes.length === 0 ? `Task: ${id}` : `Task: ${id} (programs: POST ${baseUrl}/v1/tasks/${id}/outcome)`;

/** The lines of a task, under its title. */
const taskLines = (order: MessageOrder): string[] => {
  const { task, client, settings } = order;
  if (!task) return [];
  return [dueLine(task.due, client.timezone), ...answerLinks(order), forPrograms(task, settings.baseUrl)];
};

/** SNS takes 256 KB; links are never cut. */
const maxText = 60_000;
/** It is kept with the step. */
const maxSaid = 20_000;

const topicOf = ({ team, client, settings }: MessageOrder): string => {
  if (team === undefined) throw new Skip('no-address', 'no team is named');
  return client.teams[team]?.topic ?? `${settings.teamTopicPrefix}${team}`;
};

export const prepareTeam = (order: MessageOrder): TeamMessage => {
  const render = createRenderer(variablesOf(order), momentOf(order));
  const title = order.subject === undefined ? '' : oneLine(render('text', order.subject), 1_000);
  const text = order.text === undefined ? '' : render('text', order.text).trim();
  if (!title && !text) throw new Skip('template-failed', 'there is nothing to say');
  const lines = [title, text.slice(0, maxText), ...taskLines(order)].filter(Boolean);
  return {
    channel: 'team',
    sendId: order.sendId,
    to: topicOf(order),
    subject: asciiSubject(title || order.run.journeyName),
    text: lines.join('\n\n').toWellFormed(),
    ...(order.task && { said: { title: title.toWellFormed(), text: text.slice(0, maxSaid).toWellFormed() } }),
  };
};
