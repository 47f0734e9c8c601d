import { type Clock, iso } from '#kernel/clock';
import { Refusal } from '#kernel/errors';
import { newId } from '#kernel/ids';
import type { Accepted, Outbox } from './outbox.ts';
import { type SesEventType, sesEvent } from './ses-events.ts';
import { viewMessage } from './view.ts';

export const feedbackTypes = [
  'send',
  'delivery',
  'delay',
  'reject',
  'open',
  'click',
  'bounce',
  'complaint',
  'reply',
] as const;
export type FeedbackType = (typeof feedbackTypes)[number];

export interface Feedback {
  sendId: string;
  type: FeedbackType;
  /** Clicks: the destination, or the link as it stands in the message; the first link when left out. */
  link?: string | undefined;
  /** Bounces: the mailbox is only full today. */
  soft?: boolean | undefined;
  /** Replies: what was answered. */
  text?: string | undefined;
}

export interface FeedbackOptions {
  outbox: Outbox;
  clock: Clock;
  region: string;
  account: string;
  /** Hands a message to a topic that functions listen to; durable when it resolves. */
  publish: (topic: 'ses-events' | 'inbound-sms' | 'push-events', message: unknown) => Promise<void>;
  /** The app was removed from the device: its push service refuses the token, and SNS disables the endpoint. */
  disable: (endpoint: string) => Promise<void>;
  /** The reader's browser goes to this address of ours; answers the status. */
  visit: (url: string) => Promise<number>;
  /** Of the clicks that wait for others to come with them: a person made them. */
  vouch: (sendId: string) => Promise<void>;
  /** Where a click link leads, as only its key tells. */
  destinationOf: (url: string) => Promise<string | undefined>;
  /** Somebody answers an e-mail. */
  answerMail: (sendId: string) => Promise<void>;
}

/** Plays mailboxes, readers and phones: everything reaches the functions the way it would on AWS. */
export const createFeedback = (options: FeedbackOptions) => {
  const { outbox, clock, region, account } = options;
  const publishSes = (type: SesEventType, mail: Accepted, more: { soft?: boolean } = {}): Promise<void> =>
    options.publish('ses-events', sesEvent(type, mail, { now: clock.now(), region, account, ...more }));

  const visit = async (url: string | undefined, what: string): Promise<void> => {
    if (url === undefined) throw new Refusal(422, 'no-such-link', `The message has no ${what}.`);
    const status = await options.visit(url);
    if (status >= 400) throw new Refusal(422, 'link-refused', `The ${what} answered ${status}.`);
  };
  const click = async (message: Accepted, link: string | undefined): Promise<void> => {
    const links = (await linksIn(message)).filter((url) => isOurs(url, 'c'));
    const found = link === undefined ? links[0] : await findLink(links, link, options.destinationOf);
    await visit(found, link === undefined ? 'link to click' : `link to ${link}`);
    await options.vouch(message.sendId!);
  };
  const reply = (message: Accepted, text: string): Promise<void> =>
    message.channel === 'sms'
      ? options.publish('inbound-sms', inboundSms(message, text))
      : options.answerMail(message.sendId!);

  return async ({ sendId, type, link, soft = false, text = 'Yes please' }: Feedback): Promise<void> => {
    const message = outbox.find(sendId);
    if (!message) throw new Refusal(404, 'unknown-send', `The outbox holds no message of send "${sendId}".`);
    if (type === 'open')
      return visit(
        (await linksIn(message)).find((url) => isOurs(url, 'o')),
        'open pixel',
      );
    if (type === 'click') return click(message, link);
    if (type === 'reply') return reply(message, text);
    if (message.channel === 'push' && type === 'bounce') {
      await options.disable(message.to[0]!);
      return options.publish('push-events', deliveryFailure(message, clock.now()));
    }
    if (message.channel !== 'email')
      throw new Refusal(
        422,
        'no-such-feedback',
        `Nothing tells of the ${type} of a message by ${message.channel}.`,
      );
    return publishSes(sesTypes[type], message, { soft });
  };
};

const sesTypes = {
  send: 'Send',
  delivery: 'Delivery',
  delay: 'DeliveryDelay',
  reject: 'Reject',
  bounce: 'Bounce',
  complaint: 'Complaint',
} as const satisfies Partial<Record<FeedbackType, SesEventType>>;

const isOurs = (url: string, kind: 'o' | 'c'): boolean => new URL(url).pathname.startsWith(`/${kind}/`);

const linksIn = async (message: Accepted): Promise<string[]> => {
  const { html = '', text = '', link = '' } = await viewMessage(message);
  const found = `${html} ${text} ${link}`.match(/https?:\/\/[^\s"'<>()]+/g) ?? [];
  const urls = found.map((url) => url.replaceAll('&amp;', '&').replace(/[.,;]+$/, ''));
  return [...new Set(urls)].filter((url) => URL.canParse(url));
};

const findLink = async (
  links: readonly string[],
  wanted: string,
  destinationOf: FeedbackOptions['destinationOf'],
): Promise<string | undefined> => {
  for (const link of links) if (link === wanted || (await destinationOf(link)) === wanted) return link;
  return undefined;
};

/** Two-way SMS: https://docs.aws.amazon.com/sms-voice/latest/userguide/two-way-sms-payload.html */
const inboundSms = ({ to, messageId }: Accepted, text: string) => ({
  originationNumber: to[0],
  destinationNumber: '+15550100',
  messageKeyword: 'KEYWORD',
  messageBody: text,
  inboundMessageId: newId(),
  previousPublishedMessageId: messageId,
});

/** https://docs.aws.amazon.com/sns/latest/dg/application-event-notifications.html */
const deliveryFailure = ({ to, messageId }: Accepted, now: number) => ({
  DeliveryAttempts: 1,
  EndpointArn: to[0],
  EventType: 'DeliveryFailure',
  FailureMessage: 'Platform token associated with the endpoint is not valid',
  FailureType: 'InvalidPlatformToken',
  MessageId: messageId,
  Resource: to[0]?.replace(':endpoint/', ':app/').replace(/\/[^/]+$/, ''),
  Service: 'SNS',
  Time: iso(now),
});
