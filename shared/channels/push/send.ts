import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import type { PushMessage } from '../order.ts';

/**
 * One message in the words of each platform, each of them JSON in a text:
 * https://docs.aws.amazon.com/sns/latest/dg/sns-send-custom-platform-specific-payloads-mobile-devices.html
 */
const payloads = ({ subject: title, text: body, link, sendId }: PushMessage): string => {
  const data = { sendId, ...(link === undefined ? {} : { link }) };
  const apple = JSON.stringify({ aps: { alert: { title, body }, sound: 'default' }, ...data });
  const google = JSON.stringify({ fcmV1Message: { message: { notification: { title, body }, data } } });
  return JSON.stringify({ default: body, APNS: apple, APNS_SANDBOX: apple, GCM: google });
};

/** @returns the id that SNS gave */
export const sendPush = async (message: PushMessage, sns: SNSClient): Promise<string> => {
  const answer = await sns.send(
    new PublishCommand({
      TargetArn: message.to,
      MessageStructure: 'json',
      Message: payloads(message),
      MessageAttributes: {
        sendId: { DataType: 'String', StringValue: message.sendId },
        // Apple asks each message what it is; others do not read this.
        'AWS.SNS.MOBILE.APNS.PUSH_TYPE': { DataType: 'String', StringValue: 'alert' },
      },
    }),
  );
  return answer.MessageId ?? '';
};
