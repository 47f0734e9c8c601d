import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { FilterPattern, MetricFilter } from 'aws-cdk-lib/aws-logs';
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

/** What a function logs when only a person can help, and what that means. */
const told = [
  {
    by: 'sweep',
    event: 'sends-open',
    means:
      'Messages were handed to SES or SNS, and nobody knows whether they were taken. They are not sent again.',
  },
  {
    by: 'watch-rates',
    event: 'journey-paused',
    means: 'A journey was paused: its mails bounce or are complained about too often.',
  },
  {
    by: 'sweep',
    event: 'event-quarantined',
    means: 'An event could not be heard for a day and was put aside.',
  },
] as const;

/** Mail to the client's alarm address when a function keeps failing, or says that a person must look. */
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
    for (const what of told) this.tell(what, { client, functions, topic });
  }

  /** Goes on as long as it is said: the sweep says each five minutes what is still open. */
  private tell(
    { by, event, means }: (typeof told)[number],
    { client, functions, topic }: Pick<AlarmsProps, 'client' | 'functions'> & { topic: Topic },
  ): void {
    const fn = functions.find(({ record }) => record.name === by);
    if (!fn) return;
    const filter = new MetricFilter(this, `${event}-lines`, {
      logGroup: fn.logGroup,
      filterPattern: FilterPattern.allTerms(event),
      metricNamespace: `wayleaf/${client.name}`,
      metricName: event,
    });
    new Alarm(this, event, {
      alarmName: `wayleaf-${client.name}-${event}`,
      alarmDescription: means,
      metric: filter.metric({ period: Duration.minutes(5), statistic: 'Sum' }),
      threshold: 1,
      evaluationPeriods: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    }).addAlarmAction(new SnsAction(topic));
  }
}
