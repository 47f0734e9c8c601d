import * as z from 'zod';
import { isEndpointEnabled } from '#aws/push-endpoints';
import { dropDevice } from '#functions/contacts/devices/devices';
import { readOwner } from '#store/contacts/devices';
import type { Services } from './answer-sms.ts';

/**
 * What SNS tells of an endpoint of a platform application:
 * https://docs.aws.amazon.com/sns/latest/dg/application-event-notifications.html
 */
export const pushEventSchema = z.object({
  EventType: z.string().max(100),
  EndpointArn: z.string().regex(/^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:endpoint\/[\w./-]{1,400}$/),
});
export type PushEvent = z.output<typeof pushEventSchema>;

const mayEnd: ReadonlySet<string> = new Set(['DeliveryFailure', 'EndpointUpdated', 'EndpointDeleted']);

/** Some failures pass (a message that came too late), and anything can be published: SNS itself says whether it is over. */
export const hearPush = async (
  { store, context }: Services,
  { EventType, EndpointArn }: PushEvent,
): Promise<'heard' | 'ignored'> => {
  if (!mayEnd.has(EventType) || !(await readOwner(store, EndpointArn))) return 'ignored';
  if (await isEndpointEnabled(context.aws.sns, EndpointArn)) return 'ignored';
  await dropDevice(store, EndpointArn);
  return 'heard';
};
