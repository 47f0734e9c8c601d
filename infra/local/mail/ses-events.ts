import { iso } from '#kernel/clock';
import { newId } from '#kernel/ids';
import type { Accepted } from './outbox.ts';

/** SES's event publishing, as it arrives at a topic: https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html */
export type SesEvent = Readonly<Record<string, unknown>>;

export type SesEventType =
  | 'Send'
  | 'Delivery'
  | 'Bounce'
  | 'Complaint'
  | 'Open'
  | 'Click'
  | 'Reject'
  | 'DeliveryDelay';

export interface SesEventDetail {
  /** When it happened, in milliseconds. */
  now: number;
  region: string;
  account: string;
  /** Bounces: a mailbox that is full today, instead of one that does not exist. */
  soft?: boolean;
  link?: string;
}

export const sesEvent = (type: SesEventType, mail: Accepted, detail: SesEventDetail): SesEvent => {
  const member = type.charAt(0).toLowerCase() + type.slice(1);
  return { eventType: type, mail: describeMail(mail, detail), [member]: details[type](mail, detail) };
};

const describeMail = (mail: Accepted, { region, account }: SesEventDetail) => {
  const [from = ''] = [mail.from];
  const set = mail.configurationSet ?? '';
  return {
    timestamp: mail.at,
    source: from,
    sourceArn: `arn:aws:ses:${region}:${account}:identity/${from.slice(from.lastIndexOf('@') + 1)}`,
    sendingAccountId: account,
    messageId: mail.messageId,
    destination: mail.to,
    headersTruncated: false,
    headers: [
      { name: 'From', value: from },
      { name: 'To', value: mail.to.join(', ') },
    ],
    commonHeaders: { from: [from], to: mail.to, messageId: mail.messageId },
    tags: {
      'ses:configuration-set': [set],
      'ses:from-domain': [from.slice(from.lastIndexOf('@') + 1)],
      'ses:source-ip': ['127.0.0.1'],
      'ses:caller-identity': ['wayleaf'],
      ...Object.fromEntries(Object.entries(mail.tags).map(([name, value]) => [name, [value]])),
    },
  };
};

type Details = (mail: Accepted, detail: SesEventDetail) => object;

const reader = {
  ipAddress: '192.0.2.7',
  userAgent: 'Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/140.0',
};

const details: Record<SesEventType, Details> = {
  Send: () => ({}),
  Delivery: ({ at, to }, { now }) => ({
    timestamp: iso(now),
    processingTimeMillis: Math.max(1, now - Date.parse(at)),
    recipients: to,
    smtpResponse: '250 2.6.0 Message received',
    reportingMTA: 'a8-1.smtp-out.amazonses.com',
  }),
  Bounce: ({ to }, { now, soft = false }) => ({
    feedbackId: `${newId()}-000000`,
    bounceType: soft ? 'Transient' : 'Permanent',
    bounceSubType: soft ? 'MailboxFull' : 'General',
    bouncedRecipients: to.map((emailAddress) => ({
      emailAddress,
      action: soft ? 'delayed' : 'failed',
      status: soft ? '4.2.2' : '5.1.1',
      diagnosticCode: soft ? 'smtp; 452 4.2.2 mailbox full' : 'smtp; 550 5.1.1 user unknown',
    })),
    timestamp: iso(now),
    reportingMTA: 'dsn; a8-1.smtp-out.amazonses.com',
  }),
  Complaint: ({ to, at }, { now }) => ({
    feedbackId: `${newId()}-000000`,
    complaintSubType: null,
    complainedRecipients: to.map((emailAddress) => ({ emailAddress })),
    timestamp: iso(now),
    userAgent: 'Amazon SES Mailbox Simulator',
    complaintFeedbackType: 'abuse',
    arrivalDate: at,
  }),
  Open: (_mail, { now }) => ({ timestamp: iso(now), ...reader }),
  Click: (_mail, { now, link = '' }) => ({ timestamp: iso(now), ...reader, link, linkTags: null }),
  Reject: () => ({ reason: 'Bad content' }),
  DeliveryDelay: ({ to }, { now }) => ({
    timestamp: iso(now),
    delayType: 'TransientCommunicationFailure',
    expirationTime: iso(now + 12 * 3_600_000),
    delayedRecipients: to.map((emailAddress) => ({
      emailAddress,
      status: '4.4.1',
      diagnosticCode: 'smtp; 421 4.4.1 unable to connect',
    })),
  }),
};
