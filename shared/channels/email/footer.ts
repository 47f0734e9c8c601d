import { type Voice, voiceOf } from '#model/words/say';
import type { Links } from '../links.ts';
import { escapeHtml } from '../liquid/filters.ts';
import type { MessageOrder } from '../order.ts';

/**
 * What the law and the mailbox providers ask of marketing mail, where the template has it not: the
 * sender's postal address and a way out.
 */
const missing = (body: string, order: MessageOrder, links: Links, address: string) => ({
  address: !body.includes(address),
  unsubscribe: order.class === 'marketing' && !body.includes(links.unsubscribe),
});

/** In the language of the contact. */
const voiceFor = ({ contact, client }: MessageOrder): Voice =>
  voiceOf([contact.language, client.language], client.messages);

export const htmlFooter = (body: string, order: MessageOrder, links: Links): string => {
  if (order.class !== 'marketing') return '';
  const address = escapeHtml(order.client.postalAddress);
  const lacks = missing(body, order, links, address);
  const { say } = voiceFor(order);
  const parts = [
    ...(lacks.address ? [address.replaceAll('\n', '<br>')] : []),
    ...(lacks.unsubscribe
      ? [
          `<a href="${links.unsubscribe}" style="color:#6b7280">${escapeHtml(say('footer-unsubscribe'))}</a> · <a href="${links.preferences}" style="color:#6b7280">${escapeHtml(say('footer-preferences'))}</a>`,
        ]
      : []),
  ];
  if (parts.length === 0) return '';
  return `<div style="margin:24px auto;padding:0 16px;max-width:600px;text-align:center;font:12px/18px Helvetica,Arial,sans-serif;color:#6b7280">${parts.join('<br>')}</div>`;
};

export const textFooter = (body: string, order: MessageOrder, links: Links): string => {
  if (order.class !== 'marketing') return '';
  const lacks = missing(body, order, links, order.client.postalAddress);
  const parts = [
    ...(lacks.address ? [order.client.postalAddress] : []),
    ...(lacks.unsubscribe ? [`${voiceFor(order).say('footer-unsubscribe')}: ${links.unsubscribe}`] : []),
  ];
  return parts.length === 0 ? '' : `\n\n-- \n${parts.join('\n')}\n`;
};
