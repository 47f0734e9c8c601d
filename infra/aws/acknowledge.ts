import { Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** Every cdk-nag finding that we accept, with its reason. What stands nowhere here fails the synthesis. */
const accepted = {
  'the-function-authorises': {
    rules: ['APIG4'],
    reason:
      'Forms, events and links are public by nature and carry a write key, an origin or a signed token; administrative routes check a bearer token against its stored hash inside the function, as they do on one machine.',
  },
  'names-that-do-not-exist-yet': {
    rules: ['IAM5'],
    reason:
      "Journeys, executions and teams are made after this role. Their names begin with the client's own prefix, and IAM has no closer way to say so. sns:Publish to a telephone number, what SNS does with the endpoints of devices, and ses:GetSendQuota have no resource but *.",
  },
  'streams-are-listed-by-star': {
    rules: ['IAM5'],
    reason: 'dynamodb:ListStreams, which the event source mapping needs, has no resource but *.',
  },
  'log-delivery-has-no-resources': {
    rules: ['IAM5'],
    reason: 'Step Functions delivers logs by actions of CloudWatch Logs that have no resource but *.',
  },
  'this-is-the-dead-letter-queue': {
    rules: ['SQS3'],
    reason: 'This queue is where an event source, a subscription or a rule parks what it could not deliver.',
  },
  'history-is-kept-by-the-service': {
    rules: ['SF1', 'SF2'],
    reason:
      'Every run keeps its whole history in Step Functions for 90 days and its steps in the main table; logging each transition and tracing each run would cost more than the transitions themselves. Errors are logged.',
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
      Validations.of(construct).acknowledge({ id: `AwsSolutions::AwsSolutions-${rule}${detail}`, reason });
};
