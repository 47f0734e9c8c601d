import { createLinks, type Links } from '../links.ts';
import { escapeHtml } from '../liquid/filters.ts';
import { createRenderer, type Renderer } from '../liquid/render.ts';
import type { EmailMessage, MessageOrder } from '../order.ts';
import { Skip } from '../skip.ts';
import { momentOf, oneLine, variablesOf } from '../variables.ts';
import { type Mailbox, receiverOf, senderOf } from './address.ts';
import { htmlFooter, textFooter } from './footer.ts';
import { headersOf } from './headers.ts';
import { mapLinks, mapTextLinks } from './html-links.ts';
import { buildMime } from './mime.ts';
import { appendToBody, openPixel, prependToBody, trackLink } from './tracking.ts';
import { createMarks } from './utm.ts';

const linksOf = (order: MessageOrder): Links => {
  const topic = order.topic ?? order.template?.topic;
  const facts = { sendId: order.sendId, channel: 'email', madeAt: order.now, ...(topic ? { topic } : {}) };
  return createLinks(order.keys, order.settings.baseUrl, facts);
};

/** Blanks after the preheader keep inboxes from showing the beginning of the body behind it. */
const preheaderMarkup = (text: string): string =>
  `<div style="display:none;max-height:0;max-width:0;overflow:hidden;opacity:0;mso-hide:all">${escapeHtml(text)}${'&#847;&zwnj;&nbsp;'.repeat(40)}</div>`;

const tracks = (order: MessageOrder): boolean => order.client.channels.email?.tracking !== false;

const changeOf = (order: MessageOrder, source: string, links: Links): ((url: string) => string) =>
  trackLink(order.client, source, links, {
    baseUrl: order.settings.baseUrl,
    marks: createMarks(order),
    tracks: tracks(order),
  });

const preheaderOf = ({ template }: MessageOrder, render: Renderer): string =>
  template?.html !== undefined && template.preheader ? oneLine(render('text', template.preheader), 300) : '';

const htmlOf = (
  order: MessageOrder,
  source: string,
  links: Links,
  render: Renderer,
  preheader: string,
): string => {
  const body = render('html', source);
  const whole = appendToBody(body, htmlFooter(body, order, links));
  const shown = preheader ? prependToBody(whole, preheaderMarkup(preheader)) : whole;
  const changed = mapLinks(shown, changeOf(order, source, links));
  return tracks(order) ? appendToBody(changed, openPixel(links)) : changed;
};

/** Links of a text stay as they are, for people to read, unless there is no HTML to count clicks in. */
const textOf = (order: MessageOrder, source: string, links: Links, render: Renderer): string => {
  const body = render('text', source).trim();
  const whole = `${body}${textFooter(body, order, links)}`.toWellFormed();
  return order.template?.html === undefined ? mapTextLinks(whole, changeOf(order, source, links)) : whole;
};

const subjectOf = (order: MessageOrder, render: Renderer): string => {
  const subject = oneLine(render('text', order.subject ?? order.template?.subject ?? ''), 400);
  if (!subject) throw new Skip('template-failed', 'the subject is empty');
  return subject;
};

const tagsOf = ({ sendId, run, step }: MessageOrder): Record<string, string> => ({
  sendId,
  journey: run.journey,
  step,
  version: String(run.version),
});

/** A mail as people see it, before it becomes MIME. */
export interface RenderedMail {
  from: Mailbox;
  to: Mailbox;
  subject: string;
  preheader?: string;
  html?: string;
  text?: string;
}

const renderWith = (order: MessageOrder, links: Links): RenderedMail => {
  const { template } = order;
  const to = receiverOf(order);
  const from = senderOf(order);
  const render = createRenderer(variablesOf(order, links), momentOf(order));
  const text = template?.text ?? order.text;
  if (template?.html === undefined && text === undefined)
    throw new Skip('template-failed', 'there is no body');
  const subject = subjectOf(order, render);
  const preheader = preheaderOf(order, render);
  return {
    ...{ from, to, subject },
    ...(preheader === '' ? {} : { preheader }),
    ...(text === undefined ? {} : { text: textOf(order, text, links, render) }),
    ...(template?.html === undefined ? {} : { html: htmlOf(order, template.html, links, render, preheader) }),
  };
};

/** Throws what `skipOf` understands where it cannot be rendered. */
export const renderMail = (order: MessageOrder): RenderedMail => renderWith(order, linksOf(order));

export const prepareEmail = async (order: MessageOrder): Promise<EmailMessage> => {
  const { client } = order;
  const links = linksOf(order);
  const { preheader: _, ...mail } = renderWith(order, links);
  const raw = await buildMime({
    ...mail,
    ...(client.sender.replyTo ? { replyTo: client.sender.replyTo } : {}),
    headers: headersOf(order, links),
    messageId: `${order.sendId}@${client.sender.domain}`,
    date: new Date(order.now),
    boundary: order.sendId,
  });
  return {
    channel: 'email',
    sendId: order.sendId,
    to: mail.to.address,
    subject: mail.subject,
    raw,
    envelopeFrom: mail.from.address,
    tags: tagsOf(order),
    configurationSet: order.settings.sesConfigurationSet,
  };
};
