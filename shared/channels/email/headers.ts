import { encodeWords } from 'nodemailer/lib/mime-funcs';
import type { Links } from '../links.ts';
import type { MessageOrder } from '../order.ts';

/** Gmail adds complaints up by each field, so no field may mean two things; the last has 5 to 15 characters. */
const feedbackId = ({ client, run, step, class: kind }: MessageOrder): string =>
  `${run.journey}.${step}:${run.journey}:${kind}:${`wl-${client.name}`.slice(0, 15)}`;

/** RFC 2919: words for people, and a name that stays the same in the sender's own domain. */
const listId = ({ client, template, topic = template?.topic }: MessageOrder): string => {
  const id = `<${topic ?? 'all'}.${client.name}.${client.sender.domain}>`;
  const name = topic === undefined ? undefined : client.topics[topic]?.name;
  if (name === undefined) return id;
  const phrase = /^[\x20-\x7e]*$/.test(name)
    ? `"${name.replace(/["\\]/g, '\\$&')}"`
    : encodeWords(name, 'Q', 52);
  return `${phrase} ${id}`;
};

/**
 * One-click by RFC 8058, the list by RFC 2919, what tells automatic answers to keep away (RFC 3834, and
 * Exchange's own word), and what mailbox providers group complaints by. SES writes its own Message-ID and
 * Date over ours; `X-Entity-Ref-ID` and the tags keep the send's id.
 */
export const headersOf = (order: MessageOrder, links: Links): Record<string, string> => {
  const common = {
    'Feedback-ID': feedbackId(order),
    'X-Entity-Ref-ID': order.sendId,
    'X-Auto-Response-Suppress': 'OOF, AutoReply',
  };
  if (order.class !== 'marketing') return { ...common, 'Auto-Submitted': 'auto-generated' };
  return {
    ...common,
    'List-Unsubscribe': `<${links.unsubscribe}>`,
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    'List-Id': listId(order),
  };
};
