import type { Links } from '../links.ts';
import type { MessageOrder } from '../order.ts';

/** RFC 8058 one-click, RFC 2919 list id, and what mailbox providers group complaints by. */
export const headersOf = (order: MessageOrder, links: Links): Record<string, string> => {
  const { client, run, step } = order;
  const common = {
    'Feedback-ID': `${run.journey}:${step}:${order.class}:${client.name}`,
    'X-Entity-Ref-ID': order.sendId,
  };
  if (order.class !== 'marketing') return { ...common, 'Auto-Submitted': 'auto-generated' };
  return {
    ...common,
    'List-Unsubscribe': `<${links.unsubscribe}>`,
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    'List-Id': `<${order.topic ?? order.template?.topic ?? 'all'}.${client.name}.${client.sender.domain}>`,
  };
};
