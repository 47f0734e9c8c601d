import { Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** Every cdk-nag finding that we accept, with its reason. What stands nowhere here fails the synthesis. */
const accepted = {
  'the-function-authorises': {
    rules: ['AwsSolutions-APIG4'],
    reason:
      'Forms, events and links are public by nature and carry a write key, an origin or a signed token; administrative routes check a bearer token against its stored hash inside the function, as they do on one machine.',
  },
  'names-that-do-not-exist-yet': {
    rules: ['AwsSolutions-IAM5'],
    reason:
      "Journeys, executions and teams are made after this role. Their names begin with the client's own prefix, and IAM has no closer way to say so. sns:Publish to a telephone number, what SNS does with the endpoints of devices, ses:GetSendQuota and what X-Ray is told have no resource but *.",
  },
  'star-where-iam-has-no-more': {
    rules: ['Serverless-LambdaStarPermissions'],
    reason:
      'sns:Publish to a telephone number, what SNS does with devices, ses:GetSendQuota and what X-Ray is told have no resource but *.',
  },
  'ids-in-logs-tell-the-way': {
    rules: ['Serverless-LambdaTracing'],
    reason:
      'Every line of a log carries the ids of contact, run and send, which lead across functions and days; a trace ends with its request, and a journey waits for weeks. Whoever wants traces writes `deployment.tracing`.',
  },
  'whoever-calls-keeps-it': {
    rules: ['Serverless-LambdaDLQ'],
    reason:
      'Callers over HTTP are answered and Step Functions tries again; streams, topics and changes of runs have a queue for what failed, with the reason, which a dead-letter configuration would not keep; what a schedule calls is called again within minutes and takes up what was left.',
  },
  'a-queue-keeps-what-fails': {
    rules: ['Serverless-LambdaEventSourceMappingDestination'],
    reason:
      'A message stays in its queue until it was taken; only sources that are streams have a destination for failures.',
  },
  'called-again-soon': {
    rules: ['Serverless-EventBusDLQ'],
    reason: 'A call by the clock that was lost is made up for by the next, some minutes later.',
  },
  'mail-to-people': {
    rules: ['Serverless-SNSRedrivePolicy'],
    reason:
      'Nobody could do more with a notification that a mailbox refused; the alarm stays in CloudWatch, the task in its journey.',
  },
  'streams-are-listed-by-star': {
    rules: ['AwsSolutions-IAM5'],
    reason: 'dynamodb:ListStreams, which the event source mapping needs, has no resource but *.',
  },
  'log-delivery-has-no-resources': {
    rules: ['AwsSolutions-IAM5'],
    reason: 'Step Functions delivers logs by actions of CloudWatch Logs that have no resource but *.',
  },
  'this-is-the-dead-letter-queue': {
    rules: ['AwsSolutions-SQS3', 'Serverless-SQSRedrivePolicy'],
    reason: 'This queue is where an event source, a subscription or a rule parks what it could not deliver.',
  },
  'keys-are-rotated-by-people': {
    rules: ['AwsSolutions-SMG4'],
    reason:
      'The secret is a copy; the keys are rotated by POST /v1/keys/rotate, an hour before they sign, and a rotation by the calendar would copy nothing else.',
  },
  'history-is-kept-by-the-service': {
    rules: ['AwsSolutions-SF1', 'AwsSolutions-SF2', 'Serverless-StepFunctionStateMachineXray'],
    reason:
      'Every run keeps its whole history in Step Functions for 90 days and its steps in the main table; logging each transition and tracing each run would cost more than the transitions themselves. Errors are logged.',
  },
  'ids-only-and-two-who-read': {
    rules: ['AwsSolutions-S1'],
    reason:
      'Firehose writes the files and whoever the account lets read them does; they hold ids and no person. A log of access would need a second bucket that grows faster than this one; CloudTrail has data events for who wants them.',
  },
  'files-that-do-not-exist-yet': {
    rules: ['AwsSolutions-IAM5'],
    reason: 'Firehose names its files itself, within these two folders and nowhere else.',
  },
  'the-api-has-the-log': {
    rules: ['AwsSolutions-CFR1', 'AwsSolutions-CFR3', 'AwsSolutions-CFR4'],
    reason:
      'Every request that is answered stands in the log of the API; a log of CloudFront would hold addresses and query strings, which we keep out of logs. Links in mails must open everywhere. Without a name of the client CloudFront sets the protocol of its own.',
  },
} as const satisfies Record<string, { rules: readonly string[]; reason: string }>;

/** @param resources for IAM5: the resources with a `*`, as they stand in the policy */
export const acknowledge = (
  construct: IConstruct,
  why: keyof typeof accepted,
  resources: readonly string[] = [],
): void => {
  const { rules, reason } = accepted[why];
  const details = resources.length > 0 ? resources.map((resource) => `[Resource::${resource}]`) : [''];
  for (const rule of rules)
    for (const detail of details)
      Validations.of(construct).acknowledge({ id: `${rule.split('-', 1)[0]}::${rule}${detail}`, reason });
};
