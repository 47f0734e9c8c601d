import type { Settings } from '#aws/function-context';
import { newId } from '#kernel/ids';
import type { Client } from '#model/client';
import { namesOf } from '../names.ts';
import { AwsError } from './aws-error.ts';
import { createDynamo, type Dynamo } from './dynamodb/engine.ts';
import type { Deliveries } from './lambda/deliveries.ts';
import { FunctionFailed, type Functions } from './lambda/functions.ts';
import type { StatusEvent } from './lambda/statuses.ts';
import { topicEvent } from './lambda/topics.ts';
import { createMail, type Mail } from './mail/mail.ts';
import type { Accepted } from './mail/outbox.ts';
import { sesEvent } from './mail/ses-events.ts';
import type { TopicMessage } from './mail/sns.ts';
import { createSecretsManager } from './secretsmanager/engine.ts';
import type { Database } from './sqlite/database.ts';
import { createStepFunctions, type StepFunctions } from './stepfunctions/engine.ts';
import type { WorldClock } from './time/clock.ts';
import { models, operationOf, type ServiceName, type Services } from './wire/model.ts';
import { fromJson } from './wire/shapes.ts';

export type Topic = 'ses-events' | 'inbound-sms' | 'push-events';

/** Sees every call of a service, and may refuse it, lose it or answer in its place. */
export type Intercept = (
  call: { service: ServiceName; operation: string; input: unknown; caller?: string | undefined },
  next: () => Promise<unknown>,
) => Promise<unknown>;

export interface EngineOptions {
  db: Database;
  clock: WorldClock;
  client: Client;
  settings: Settings;
  random: () => number;
  /** SES publishes a Send and a Delivery of each mail by itself. */
  autoDelivery: boolean;
  intercept?: Intercept | undefined;
  deliveries: Deliveries;
  /** Asked late: functions are made of services, and services call functions. */
  functions: () => Functions;
  onStatusChange: (event: StatusEvent) => Promise<void>;
}

export interface Engines {
  dynamo: Dynamo;
  stepFunctions: StepFunctions;
  mail: Mail;
  services: Services;
  /** Hands a message to a topic that functions listen to. */
  publish(topic: Topic, message: unknown): Promise<void>;
}

/** The engines of one world, joined: what one publishes reaches the other. */
export const createEngines = (options: EngineOptions): Engines => {
  const { db, clock, settings, random, functions } = options;
  const { region, account } = settings;
  const topics = createTopics(options);
  const mail = createMail({
    db,
    clock,
    region,
    account,
    identities: [options.client.sender.domain],
    topics: [...topics.arns, ...Object.values(options.client.teams).flatMap(({ topic }) => topic ?? [])],
    onTopic: topics.hand,
    applications: Object.values(options.client.channels.push?.apps ?? {}),
    ...(options.autoDelivery ? { onMail: topics.tellOfMail } : {}),
  });
  const dynamo = createDynamo({ db, clock, region, account });
  const stepFunctions = createStepFunctions({
    db,
    clock,
    region,
    account,
    random,
    statuses: ['SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED'],
    invoke: (name, payload) => functions().invoke(name, payload).catch(rethrowOriginal),
    aws: (service, action, params) => callService(services, service, action, params),
    onStatusChange: options.onStatusChange,
  });
  const services = intercepted(
    {
      dynamodb: (operation, input, asked) => dynamo.execute(operation as never, input as never, asked),
      secretsmanager: createSecretsManager({ db, clock, region, account }),
      sfn: (operation, input) => stepFunctions.execute(operation, input as object),
      ses: mail.ses,
      sns: mail.sns,
    },
    options.intercept,
  );
  const publish = async (topic: Topic, message: unknown): Promise<void> => {
    await mail.sns('Publish', { TopicArn: topics.arnOf(topic), Message: JSON.stringify(message) });
  };
  return { dynamo, stepFunctions, mail, services, publish };
};

const intercepted = (services: Services, intercept: Intercept | undefined): Services => {
  if (!intercept) return services;
  const wrap = (service: ServiceName): Services[ServiceName] => {
    return (operation, input, options) =>
      intercept({ service, operation, input, caller: options?.caller }, () =>
        services[service](operation, input, options),
      );
  };
  return {
    dynamodb: wrap('dynamodb'),
    secretsmanager: wrap('secretsmanager'),
    sfn: wrap('sfn'),
    ses: wrap('ses'),
    sns: wrap('sns'),
  };
};

/** Step Functions makes Error and Cause of what the function itself threw. */
const rethrowOriginal = (error: unknown): never => {
  if (!(error instanceof FunctionFailed)) throw error;
  if (error.cause instanceof Error) throw error.cause;
  throw Object.assign(new Error(error.errorMessage), { name: error.errorType });
};

/** `aws-sdk` tasks: JSON in, and the service's own shapes within. */
const callService = (
  services: Services,
  service: string,
  action: string,
  params: unknown,
): Promise<unknown> => {
  if (!(service in services))
    throw new AwsError('UnknownServiceException', `There is no service '${service}' here.`);
  const name = service as ServiceName;
  const operation = action.charAt(0).toUpperCase() + action.slice(1);
  return services[name](operation, fromJson(operationOf(models[name], operation).input)(params ?? {}));
};

const createTopics = ({ clock, client, settings, deliveries, functions }: EngineOptions) => {
  const { region, account } = settings;
  const names = namesOf(client.name);
  const prefix = `arn:aws:sns:${region}:${account}:`;
  const byArn = new Map<string, Topic>([
    [prefix + names.sesEvents, 'ses-events'],
    [prefix + names.inboundSms, 'inbound-sms'],
    [prefix + names.pushEvents, 'push-events'],
  ]);
  const arnOf = (topic: Topic): string => [...byArn].find(([, name]) => name === topic)![0];
  const hand = (topicArn: string, message: TopicMessage): boolean => {
    const topic = byArn.get(topicArn);
    for (const { record, trigger } of topic ? functions().triggeredBy('topic') : [])
      if (trigger.topic === topic)
        deliveries.add(record.name, topicEvent(message, { topicArn, now: clock.now(), region }));
    return topic !== undefined;
  };
  const tellOfMail = (mail: Accepted): void => {
    if (mail.configurationSet === undefined) return;
    for (const type of ['Send', 'Delivery'] as const) {
      const message = JSON.stringify(sesEvent(type, mail, { now: clock.now(), region, account }));
      hand(arnOf('ses-events'), {
        messageId: newId(),
        message,
        subject: 'Amazon SES Email Event Notification',
      });
    }
  };
  return { arns: [...byArn.keys()], arnOf, hand, tellOfMail };
};
