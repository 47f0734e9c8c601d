import { prepareEmail } from './email/prepare.ts';
import { inLanguage } from './in-language.ts';
import type { MessageOrder, Prepared, ReadyMessage } from './order.ts';
import { preparePush } from './push/prepare.ts';
import { skipOf } from './skip.ts';
import { prepareSms } from './sms/prepare.ts';
import { prepareTeam } from './team/prepare.ts';

/** One line a channel. */
const channels: Record<
  MessageOrder['channel'],
  (order: MessageOrder) => ReadyMessage | Promise<ReadyMessage>
> = {
  email: prepareEmail,
  sms: prepareSms,
  push: preparePush,
  team: prepareTeam,
};

/** The contact's language, then the client's. */
export const spoken = (order: MessageOrder): MessageOrder => {
  const { template, contact, client, language } = order;
  if (!template?.languages) return order;
  return { ...order, template: inLanguage(template, [language ?? contact.language, client.language]) };
};

/** Renders the message. The same order gives the same bytes, so a repeat is the same message. */
export const prepareMessage = async (order: MessageOrder): Promise<Prepared> => {
  try {
    return { message: await channels[order.channel](spoken(order)) };
  } catch (error) {
    const skip = skipOf(error);
    if (skip) return skip;
    throw error;
  }
};
