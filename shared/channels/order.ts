import type { Client } from '#model/client';
import type { CompiledTemplate } from '#model/journey';
import type { LinkKeys } from './links.ts';

/** Everything that a message is made of. All of it is data; the same order gives the same bytes. */
export interface MessageOrder {
  channel: 'email' | 'sms' | 'push' | 'team';
  sendId: string;
  contactId: string;
  run: { id: string; journey: string; journeyName: string; version: number };
  step: string;
  /** `marketing` adds the unsubscribe headers and the postal address. */
  class: 'marketing' | 'transactional';
  topic?: string;
  template?: CompiledTemplate;
  /** Body of `sms` and `notify` steps without a template; Liquid. */
  text?: string;
  /** Overrides the template's; Liquid. The title of a task. */
  subject?: string;
  /** Of a test mail: who gets it instead of the contact. */
  to?: string;
  /** In which the template is wanted, where it is not the contact's own. */
  language?: string;
  /** Overrides the sender's name, or `Name <address>` within the sender's domain. */
  from?: string;
  /** `links.confirm`: where the mail of a double opt-in asks for the click. */
  confirm?: string;
  /** Opened by a `push`; an author's own address. */
  link?: string;
  /** Receiver of channel `team`. */
  team?: string;
  /** Makes a `team` message a task that waits for one of these answers. */
  task?: {
    id: string;
    /** ISO */
    due?: string;
    outcomes?: readonly string[];
    /** Milliseconds: until when the run waits for the answer. */
    openUntil?: number;
  };
  /** `viewContact(contact)`. */
  contact: Readonly<Record<string, unknown>>;
  trigger?: { event: string; type: string; properties: Readonly<Record<string, unknown>> };
  results?: Readonly<Record<string, unknown>>;
  data?: Readonly<Record<string, unknown>>;
  client: Client;
  settings: { baseUrl: string; sesConfigurationSet: string; teamTopicPrefix: string };
  keys: LinkKeys;
  /** Milliseconds; becomes the Date header. */
  now: number;
}

export interface EmailMessage {
  channel: 'email';
  sendId: string;
  to: string;
  subject: string;
  /** The full MIME message. */
  raw: Uint8Array;
  /** Envelope sender and receiver. */
  envelopeFrom: string;
  tags: Readonly<Record<string, string>>;
  configurationSet: string;
}
export interface SmsMessage {
  channel: 'sms';
  sendId: string;
  to: string;
  text: string;
  segments: number;
  promotional: boolean;
  senderId?: string;
  originationNumber?: string;
}
export interface PushMessage {
  channel: 'push';
  sendId: string;
  /** ARN of the contact's platform endpoint. */
  to: string;
  subject: string;
  text: string;
  link?: string;
}
export interface TeamMessage {
  channel: 'team';
  sendId: string;
  /** ARN of the topic. */
  to: string;
  subject: string;
  text: string;
  /** Of a task: what it is called and what to do, without what only a mail needs. */
  said?: { title: string; text: string };
}
export type ReadyMessage = EmailMessage | SmsMessage | PushMessage | TeamMessage;

export type SkipReason = 'missing-variable' | 'no-address' | 'template-failed';
/** `detail` is for people: names the variable or the bound, never a value of the contact. */
export type Prepared = { message: ReadyMessage } | { skip: SkipReason; detail: string };
/** Renders a message. The same order gives the same bytes, so a repeat is the same message. */
export type Prepare = (order: MessageOrder) => Promise<Prepared>;

export type Outcome =
  | { status: 'accepted'; providerId: string }
  /** Surely not accepted. `retryable`: throttled or not reached; another try may succeed. */
  | { status: 'refused'; reason: string; retryable: boolean }
  /** May have been accepted: never call again. */
  | { status: 'unknown'; reason: string };
