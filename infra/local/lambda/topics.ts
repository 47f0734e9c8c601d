import { iso } from '#kernel/clock';
import type { TopicMessage } from '../mail/sns.ts';

export interface TopicEventOptions {
  topicArn: string;
  now: number;
  region: string;
}

/** What Lambda gets from SNS: https://docs.aws.amazon.com/lambda/latest/dg/with-sns.html */
export const topicEvent = (
  { messageId, message, subject }: TopicMessage,
  { topicArn, now, region }: TopicEventOptions,
) => {
  const subscription = `${topicArn}:00000000-0000-4000-8000-000000000000`;
  const origin = `https://sns.${region}.amazonaws.com`;
  return {
    Records: [
      {
        EventSource: 'aws:sns',
        EventVersion: '1.0',
        EventSubscriptionArn: subscription,
        Sns: {
          Type: 'Notification',
          MessageId: messageId,
          TopicArn: topicArn,
          Subject: subject ?? null,
          Message: message,
          Timestamp: iso(now),
          SignatureVersion: '1',
          Signature: 'local',
          SigningCertUrl: `${origin}/SimpleNotificationService-local.pem`,
          UnsubscribeUrl: `${origin}/?Action=Unsubscribe&SubscriptionArn=${subscription}`,
          MessageAttributes: {},
        },
      },
    ],
  };
};
