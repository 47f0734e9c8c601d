import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import type { Client } from '#model/client';
import { namesOf } from '../names.ts';
import type { WayleafFunction } from './wayleaf-function.ts';

export interface AlarmsProps {
  client: Client;
  functions: readonly WayleafFunction[];
  key: IKey;
}

/** Mail to the client's alarm address when a function keeps failing. */
export class Alarms extends Construct {
  constructor(scope: Construct, id: string, { client, functions, key }: AlarmsProps) {
    super(scope, id);
    const topic = new Topic(this, 'Topic', {
      topicName: namesOf(client.name).alarms,
      masterKey: key,
      enforceSSL: true,
    });
    topic.addSubscription(new EmailSubscription(client.alarm));
    for (const { record, lambda } of functions) {
      const metric: IMetric = lambda.metricErrors({ period: Duration.minutes(5) });
      new Alarm(this, record.name, {
        alarmName: `wayleaf-${client.name}-${record.name}-errors`,
        alarmDescription: `${record.name} failed more than five times in five minutes, twice in a row.`,
        metric,
        threshold: 5,
        evaluationPeriods: 2,
        comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
        treatMissingData: TreatMissingData.NOT_BREACHING,
      }).addAlarmAction(new SnsAction(topic));
    }
  }
}
