import { ArnFormat, Duration, Stack } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { Rule, RuleTargetInput, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { FilterCriteria, FilterRule, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { DynamoEventSource, SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { Topic } from 'aws-cdk-lib/aws-sns';
import { LambdaSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Trigger } from '#aws/function-record';
import type { Client } from '#model/client';
import { namesOf } from '../names.ts';
import { acknowledge } from './acknowledge.ts';
import { ClickWindow } from './click-window.ts';
import { connectFailures, keepFailures } from './failures.ts';
import type { WayleafFunction } from './wayleaf-function.ts';

export interface Sources {
  client: Client;
  mainTable: Table;
  topics: Record<TriggerOf<'topic'>['topic'], Topic>;
  failures: IQueue;
}

type TriggerOf<Kind extends Trigger['kind']> = Extract<Trigger, { kind: Kind }>;

/** Connects one function with what calls it. Routes, machines and deployments name the function themselves. */
export const connect = (fn: WayleafFunction, sources: Sources): void => {
  for (const trigger of fn.record.triggers) {
    if (trigger.kind === 'stream') connectStream(fn, sources, trigger);
    if (trigger.kind === 'click-window')
      new ClickWindow(fn, 'Window', { fn, client: sources.client, seconds: trigger.seconds });
    if (trigger.kind === 'topic') connectTopic(fn, sources.topics[trigger.topic], sources.failures);
    if (trigger.kind === 'schedule') connectSchedule(fn, trigger);
    if (trigger.kind === 'failures') connectFailures(fn, sources.failures);
    if (trigger.kind === 'execution-status') connectExecutionStatus(fn, sources, trigger);
  }
  if (fn.record.triggers.some(isHandedOver)) keepFailures(fn, sources.failures);
};

/** SNS and EventBridge have done their part once Lambda took the event; what the function then fails at is lost, unless this is told. */
const isHandedOver = ({ kind }: Trigger): boolean => kind === 'topic' || kind === 'execution-status';

/** Bounded tries, bisected, and then parked: one poison record never holds a shard. */
const connectStream = (
  fn: WayleafFunction,
  { mainTable: table, failures }: Sources,
  trigger: TriggerOf<'stream'>,
): void => {
  fn.lambda.addEventSource(
    new DynamoEventSource(table, {
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: trigger.batchSize,
      maxBatchingWindow: Duration.seconds(trigger.windowSeconds),
      retryAttempts: 10,
      maxRecordAge: Duration.hours(20),
      bisectBatchOnError: true,
      reportBatchItemFailures: true,
      onFailure: new SqsDlq(failures),
      filters: trigger.events.map((eventName) =>
        FilterCriteria.filter({
          eventName: FilterRule.isEqual(eventName),
          dynamodb: { Keys: { sk: { S: trigger.sortKeys.map((prefix) => ({ prefix })) } } },
        }),
      ),
    }),
  );
  acknowledge(fn, 'streams-are-listed-by-star', ['*']);
};

const connectTopic = (fn: WayleafFunction, topic: Topic, failures: IQueue): void => {
  topic.addSubscription(new LambdaSubscription(fn.lambda, { deadLetterQueue: failures }));
};

const connectSchedule = (fn: WayleafFunction, { everyMinutes }: TriggerOf<'schedule'>): void => {
  const rule = new Rule(fn, 'Schedule', {
    schedule: Schedule.rate(Duration.minutes(everyMinutes)),
    targets: [
      new LambdaFunction(fn.lambda, {
        retryAttempts: 2,
        event: RuleTargetInput.fromObject({ source: 'schedule' }),
      }),
    ],
  });
  acknowledge(rule, 'called-again-soon');
};

const connectExecutionStatus = (
  fn: WayleafFunction,
  { client, failures }: Sources,
  { statuses }: TriggerOf<'execution-status'>,
): void => {
  const machines = Stack.of(fn).formatArn({
    service: 'states',
    resource: 'stateMachine',
    resourceName: namesOf(client.name).machinePrefix,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
  new Rule(fn, 'ExecutionStatus', {
    eventPattern: {
      source: ['aws.states'],
      detailType: ['Step Functions Execution Status Change'],
      detail: {
        status: [...statuses],
        stateMachineArn: [{ prefix: machines }],
      },
    },
    targets: [
      new LambdaFunction(fn.lambda, {
        deadLetterQueue: failures,
        retryAttempts: 8,
        maxEventAge: Duration.hours(20),
      }),
    ],
  });
};
