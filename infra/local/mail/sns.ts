import { newId } from '#kernel/ids';
import { AwsError } from '../aws-error.ts';
import type { Database } from '../sqlite/database.ts';
import { createEndpoints } from './endpoints.ts';
import type { Channel, Outbox } from './outbox.ts';

export interface SnsOptions {
  db: Database;
  outbox: Outbox;
  region: string;
  account: string;
  /** Topics that exist without having been made here. */
  topics?: readonly string[];
  /** ARNs of platform applications: their endpoints are known here, those of others are taken as they stand. */
  applications?: readonly string[];
  /** For topics that functions listen to; called within a write. Answers whether anybody listens. */
  onTopic?: (topicArn: string, message: TopicMessage) => boolean;
}

export interface TopicMessage {
  messageId: string;
  message: string;
  subject?: string;
}

interface PublishInput {
  PhoneNumber?: string;
  TopicArn?: string;
  TargetArn?: string;
  Message?: string;
  MessageStructure?: string;
  Subject?: string;
  MessageAttributes?: Record<string, { StringValue?: string }>;
}

const invalid = (message: string): never => {
  throw new AwsError('InvalidParameterException', `Invalid parameter: ${message}`);
};

const schema = `CREATE TABLE IF NOT EXISTS topic (arn TEXT PRIMARY KEY);
CREATE TABLE IF NOT EXISTS subscription (arn TEXT PRIMARY KEY, topic TEXT NOT NULL, protocol TEXT NOT NULL, endpoint TEXT NOT NULL)`;

/** SNS as far as Wayleaf asks it: texts, devices, topics of teams, and the topics that functions listen to. */
export const createSns = (options: SnsOptions) => {
  const { db, outbox } = options;
  db.sql.exec(schema);
  const endpoints = createEndpoints(db, options.applications);
  const known = db.prepare('SELECT 1 FROM topic WHERE arn = ?');
  const exists = (arn: string): boolean =>
    options.topics?.includes(arn) === true || known.get(arn) !== undefined;
  const addTopic = db.prepare('INSERT OR IGNORE INTO topic VALUES (?)');
  const addSubscription = db.prepare('INSERT OR IGNORE INTO subscription VALUES (?, ?, ?, ?)');

  const operations: Record<string, (input: never) => Promise<unknown>> = {
    ...endpoints.operations,
    async Publish(input: PublishInput) {
      const message = readMessage(input);
      if (message.channel === 'team' && !exists(message.to[0]!))
        throw new AwsError('NotFoundException', 'Topic does not exist', {}, 404);
      if (message.channel === 'push') endpoints.requireEnabled(message.to[0]!);
      const { messageId, subject } = message;
      const toTopic = { messageId, message: input.Message!, ...(subject === undefined ? {} : { subject }) };
      const heard = await db.write(() => options.onTopic?.(message.to[0]!, toTopic) === true);
      if (!heard) await outbox.accept(message);
      return { MessageId: messageId };
    },
    async CreateTopic({ Name = '' }: { Name?: string }) {
      if (!/^[A-Za-z0-9_-]{1,256}$/.test(Name)) return invalid('Topic Name');
      const arn = `arn:aws:sns:${options.region}:${options.account}:${Name}`;
      await db.write(() => addTopic.run(arn));
      return { TopicArn: arn };
    },
    async Subscribe({ TopicArn = '', Protocol = '', Endpoint = '' }: Record<string, string>) {
      if (!exists(TopicArn)) throw new AwsError('NotFoundException', 'Topic does not exist', {}, 404);
      const arn = `${TopicArn}:${newId()}`;
      await db.write(() => addSubscription.run(arn, TopicArn, Protocol, Endpoint));
      return { SubscriptionArn: Protocol === 'email' ? 'pending confirmation' : arn };
    },
    async ListTopics() {
      const arns = db.prepare('SELECT arn FROM topic ORDER BY arn').all();
      return { Topics: arns.map(({ arn }) => ({ TopicArn: arn })) };
    },
  };
  return async (operation: string, input: unknown): Promise<unknown> => {
    const run = operations[operation];
    if (!run) throw new AwsError('InvalidAction', `The embedded SNS does not offer ${operation}`);
    return run(input as never);
  };
};

const maxTopicBytes = 256 * 1024;
const maxTextLength = 1600;

const targetOf = ({ PhoneNumber, TopicArn, TargetArn }: PublishInput): { channel: Channel; to: string } => {
  const given = [PhoneNumber, TopicArn, TargetArn].filter((target) => target !== undefined);
  if (given.length !== 1) return invalid('exactly one of TopicArn, TargetArn and PhoneNumber is needed');
  if (PhoneNumber !== undefined) return { channel: 'sms', to: PhoneNumber };
  const arn = (TopicArn ?? TargetArn)!;
  return { channel: arn.includes(':endpoint/') ? 'push' : 'team', to: arn };
};

/** `json`: a text for each platform, and one for all others. */
const checkStructure = (structure: string, message: string): void => {
  if (structure !== 'json') invalid('MessageStructure');
  const texts = parsed(message);
  if (typeof texts !== 'object' || texts === null)
    invalid('Message Structure - JSON message body failed to parse');
  if (typeof (texts as { default?: unknown }).default !== 'string')
    invalid('Message Structure - No default entry in JSON message body');
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const readMessage = (input: PublishInput) => {
  const { channel, to } = targetOf(input);
  const { Message = '', Subject } = input;
  if (Message === '') return invalid('Empty message');
  if (Buffer.byteLength(Message) > maxTopicBytes) return invalid('Message too long');
  if (input.MessageStructure !== undefined) checkStructure(input.MessageStructure, Message);
  if (channel === 'sms' && Message.length > maxTextLength) return invalid('Message Reason: Message too long');
  if (channel === 'sms' && !/^\+[1-9]\d{6,14}$/.test(to))
    return invalid(`PhoneNumber Reason: ${to} is not valid to publish to`);
  if (Subject !== undefined && (Subject.length > 100 || /[\r\n]/.test(Subject))) return invalid('Subject');
  const tags = Object.fromEntries(
    Object.entries(input.MessageAttributes ?? {}).flatMap(([name, { StringValue }]) =>
      StringValue === undefined ? [] : [[name, StringValue]],
    ),
  );
  return {
    channel,
    to: [to],
    messageId: newId(),
    body: Buffer.from(Message),
    tags,
    ...(Subject === undefined ? {} : { subject: Subject }),
    ...(tags.sendId === undefined ? {} : { sendId: tags.sendId }),
  };
};
