import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import type { TeamMessage } from '../order.ts';

/** @returns the id that SNS gave */
export const sendToTeam = async (message: TeamMessage, sns: SNSClient): Promise<string> => {
  const answer = await sns.send(
    new PublishCommand({
      TopicArn: message.to,
      Subject: message.subject,
      Message: message.text,
      MessageAttributes: { sendId: { DataType: 'String', StringValue: message.sendId } },
    }),
  );
  return answer.MessageId ?? '';
};
