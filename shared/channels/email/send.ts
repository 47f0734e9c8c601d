import { type SESClient, SendRawEmailCommand } from '@aws-sdk/client-ses';
import type { EmailMessage } from '../order.ts';

/** @returns the id that SES gave; its events carry the tags, and so the send's id, back to us */
export const sendEmail = async (message: EmailMessage, ses: SESClient): Promise<string> => {
  const answer = await ses.send(
    new SendRawEmailCommand({
      Source: message.envelopeFrom,
      Destinations: [message.to],
      RawMessage: { Data: message.raw },
      Tags: Object.entries(message.tags).map(([Name, Value]) => ({ Name, Value })),
      ...(message.configurationSet ? { ConfigurationSetName: message.configurationSet } : {}),
    }),
  );
  return answer.MessageId ?? '';
};
