import type { FunctionContext } from '#aws/function-context';
import { sendEmail } from './email/send.ts';
import type { Outcome, ReadyMessage } from './order.ts';
import { outcomeOf } from './outcome.ts';
import { sendPush } from './push/send.ts';
import { sendSms } from './sms/send.ts';
import { sendToTeam } from './team/send.ts';

export type Providers = Pick<FunctionContext['aws'], 'ses' | 'sns'>;

const call = (message: ReadyMessage, providers: Providers): Promise<string> => {
  switch (message.channel) {
    case 'email':
      return sendEmail(message, providers.ses);
    case 'sms':
      return sendSms(message, providers.sns);
    case 'push':
      return sendPush(message, providers.sns);
    case 'team':
      return sendToTeam(message, providers.sns);
  }
};

/**
 * Exactly one call to the provider. The clients must be made with `maxAttempts: 1`: a repeat inside
 * the SDK could send twice.
 */
export const deliver = async (message: ReadyMessage, providers: Providers): Promise<Outcome> => {
  try {
    return { status: 'accepted', providerId: await call(message, providers) };
  } catch (error) {
    return outcomeOf(error);
  }
};
