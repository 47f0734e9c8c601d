import { type MessageAttributeValue, PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import type { SmsMessage } from '../order.ts';

const text = (value: string): MessageAttributeValue => ({ DataType: 'String', StringValue: value });

/** @returns the id that SNS gave */
export const sendSms = async (message: SmsMessage, sns: SNSClient): Promise<string> => {
  const { senderId, originationNumber } = message;
  const answer = await sns.send(
    new PublishCommand({
      PhoneNumber: message.to,
      Message: message.text,
      MessageAttributes: {
        sendId: text(message.sendId),
        'AWS.SNS.SMS.SMSType': text(message.promotional ? 'Promotional' : 'Transactional'),
        ...(senderId ? { 'AWS.SNS.SMS.SenderID': text(senderId) } : {}),
        ...(originationNumber ? { 'AWS.MM.SMS.OriginationNumber': text(originationNumber) } : {}),
      },
    }),
  );
  return answer.MessageId ?? '';
};
