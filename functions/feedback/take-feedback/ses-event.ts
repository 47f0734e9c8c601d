import * as z from 'zod';
import { machineRule } from '#functions/messages/machine';
import type { Told } from '../hear-message.ts';

/** Only what is used of SES's event records (SES developer guide, "event data … published to SNS"). */
const time = z.iso.datetime({ offset: true }).transform((text) => new Date(text).toISOString());
const reader = z.object({
  timestamp: time,
  userAgent: z.string().max(2000).default(''),
  link: z.string().max(4000).optional(),
});

export const sesEventSchema = z.object({
  eventType: z.string().max(40),
  mail: z.object({
    timestamp: time,
    messageId: z.string().max(200),
    tags: z.record(z.string(), z.array(z.string())).default({}),
  }),
  delivery: z.object({ timestamp: time }).optional(),
  bounce: z.object({ bounceType: z.string(), timestamp: time }).optional(),
  complaint: z.object({ timestamp: time, complaintFeedbackType: z.string().nullish() }).optional(),
  open: reader.optional(),
  click: reader.optional(),
});
export type SesEvent = z.output<typeof sesEventSchema>;

const byMachine = (userAgent: string, path: '/o/' | '/c/'): Pick<Told, 'machine' | 'rule'> => {
  const rule = machineRule({ method: 'GET', path, headers: { 'user-agent': userAgent } });
  return { machine: rule !== undefined, ...(rule === undefined ? {} : { rule }) };
};

type Fact = Pick<Told, 'was' | 'happenedAt' | 'bounce' | 'link' | 'machine' | 'rule'>;

const read = (event: SesEvent): Fact | undefined => {
  const { eventType, mail, delivery, bounce, complaint, open, click } = event;
  if (eventType === 'Send') return { was: 'sent', happenedAt: mail.timestamp };
  if (eventType === 'Delivery' && delivery) return { was: 'delivered', happenedAt: delivery.timestamp };
  // `Undetermined` is what SES could not read: no reason yet to give the address up.
  if (eventType === 'Bounce' && bounce)
    return {
      was: 'bounced',
      happenedAt: bounce.timestamp,
      bounce: bounce.bounceType === 'Permanent' ? 'hard' : 'soft',
    };
  // "Not spam" is told by the same record.
  if (eventType === 'Complaint' && complaint && complaint.complaintFeedbackType !== 'not-spam')
    return { was: 'complained', happenedAt: complaint.timestamp };
  if (eventType === 'Open' && open)
    return { was: 'opened', happenedAt: open.timestamp, ...byMachine(open.userAgent, '/o/') };
  if (eventType === 'Click' && click)
    return {
      was: 'clicked',
      happenedAt: click.timestamp,
      ...byMachine(click.userAgent, '/c/'),
      ...(click.link ? { link: click.link } : {}),
    };
  return undefined;
};

/** @returns undefined for what changes nothing (delays, subscriptions) or is of no message of ours */
export const toldBy = (event: SesEvent): Told | undefined => {
  const fact = read(event);
  const sendId = event.mail.tags.sendId?.[0];
  if (!fact || sendId === undefined) return undefined;
  return { ...fact, sendId, providerId: event.mail.messageId, acceptedAt: event.mail.timestamp };
};

/** Which mail a rejection is about. */
export const rejectedBy = ({ mail }: SesEvent): Pick<Told, 'sendId' | 'providerId'> => ({
  sendId: mail.tags.sendId?.[0] ?? '',
  providerId: mail.messageId,
});
