import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { type IQueue, Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import type { WayleafFunction } from './wayleaf-function.ts';

/** What functions failed at for good, for 14 days, until `park-failure` has put it where a person sees it. */
export const createFailures = (scope: Construct): Queue => {
  const queue = new Queue(scope, 'Failures', {
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    retentionPeriod: Duration.days(14),
    // Six times what the function may take, as Lambda asks for.
    visibilityTimeout: Duration.minutes(3),
    removalPolicy: RemovalPolicy.RETAIN,
  });
  acknowledge(queue, 'this-is-the-dead-letter-queue');
  return queue;
};

export const keepFailures = (fn: WayleafFunction, failures: IQueue): void =>
  fn.lambda.configureAsyncInvoke({
    onFailure: new SqsDestination(failures),
    retryAttempts: 2,
    maxEventAge: Duration.hours(6),
  });

export const connectFailures = (fn: WayleafFunction, failures: IQueue): void => {
  fn.lambda.addEventSource(new SqsEventSource(failures, { batchSize: 10, reportBatchItemFailures: true }));
  acknowledge(fn, 'a-queue-keeps-what-fails');
};
