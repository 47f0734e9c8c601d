import { prepareEmail } from './email/prepare.ts';
import { inLanguage } from './in-language.ts';
import type { MessageOrder, Prepare, ReadyMessage } from './order.ts';
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

export const prepareMessage: Prepare = async (order) => {
  try {
    return { message: await channels[order.channel](spoken(order)) };
  } catch (error) {
    const skip = skipOf(error);
    if (skip) return skip;
    throw error;
  }
};
