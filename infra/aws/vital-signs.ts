import { Duration, Stack } from 'aws-cdk-lib';
import {
  Alarm,
  ComparisonOperator,
  type IAlarmAction,
  type IMetric,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { Client } from '#model/client';
import { namesOf } from '../names.ts';
import { type AlarmsProps, withRunbook } from './alarms.ts';
import { ofFunction, own, reputation } from './figures.ts';

interface Sign {
  page: string;
  means: string;
  metric: IMetric;
  over: number;
  name?: string;
}

/** What grows when something is wrong, although no function fails. */
const signsOf = (client: Client, streams: readonly string[]): Sign[] => [
  {
    page: 'events-waiting',
    means: 'Stored events have not been heard for more than fifteen minutes.',
    metric: own(client, 'OldestEventSeconds', 'Maximum', Duration.minutes(15)),
    over: 900,
  },
  {
    page: 'claims-unsettled',
    means: 'The outcome of a claimed message was not written down for more than twenty minutes.',
    metric: own(client, 'OldestClaimSeconds', 'Maximum', Duration.minutes(15)),
    over: 1_200,
  },
  {
    page: 'bounce-rate',
    means: 'More than 4 % of the mails of the account bounce; SES reviews it at 5 %.',
    metric: reputation('Reputation.BounceRate'),
    over: 0.04,
  },
  {
    page: 'complaint-rate',
    means: 'More than 0.08 % of the mails of the account are complained about; SES reviews it at 0.1 %.',
    metric: reputation('Reputation.ComplaintRate'),
    over: 0.0008,
  },
  ...streams.map((name) => ({
    page: 'stream-lag',
    name: `${name}-lag`,
    means: `${name} is more than ten minutes behind the stream.`,
    metric: ofFunction(client, name, 'IteratorAge', 'Maximum'),
    over: 600_000,
  })),
];

export class VitalSigns extends Construct {
  constructor(scope: Construct, id: string, { client, records }: AlarmsProps) {
    super(scope, id);
    const topicArn = Stack.of(this).formatArn({ service: 'sns', resource: namesOf(client.name).alarms });
    const action = new SnsAction(Topic.fromTopicArn(this, 'Topic', topicArn));
    const streams = records
      .filter(({ triggers }) => triggers.some(({ kind }) => kind === 'stream'))
      .map(({ name }) => name);
    for (const sign of signsOf(client, streams)) this.watch(client, sign, action);
  }

  private watch(
    client: Client,
    { page, name = page, means, metric, over }: Sign,
    action: IAlarmAction,
  ): void {
    new Alarm(this, name, {
      alarmName: `wayleaf-${client.name}-${name}`,
      alarmDescription: withRunbook(means, page),
      metric,
      threshold: over,
      evaluationPeriods: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    }).addAlarmAction(action);
  }
}
