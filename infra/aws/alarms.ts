import { Duration, Stack } from 'aws-cdk-lib';
import {
  Alarm,
  ComparisonOperator,
  type IAlarmAction,
  Metric,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { FilterPattern, LogGroup, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { FunctionRecord } from '#aws/function-record';
import { type MetricName, metricNamespace, metricService } from '#aws/metrics';
import type { Client } from '#model/client';
import { logGroupOf, namesOf } from '../names.ts';

/** Functions, their logs and the topic are named, not referred to: an alarm more or less touches no other stack. */
export interface AlarmsProps {
  client: Client;
  records: readonly FunctionRecord[];
}

/** Whoever is woken by it reads there what to do. */
export const withRunbook = (means: string, page: string): string =>
  `${means} Runbook: infra/aws/runbooks/${page}.md`;

/** What a function logs when only a person can help, and what that means. */
const told = [
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
  {
    by: 'park-failure',
    event: 'call-quarantined',
    means: 'A function failed at a call for good, and the call was put aside.',
  },
  {
    by: 'run-step',
    event: 'sending-paused',
    means: 'More messages than the client allows: everything was paused.',
  },
  {
    by: 'read-status',
    event: 'heartbeat-missing',
    means: 'The message that the client sends to itself did not arrive.',
  },
] as const;

/** Mail to the client's alarm address when a function keeps failing, or says that a person must look. */
export class Alarms extends Construct {
  private readonly client: Client;
  private readonly action: IAlarmAction;

  constructor(scope: Construct, id: string, { client, records }: AlarmsProps) {
    super(scope, id);
    this.client = client;
    const topicArn = Stack.of(this).formatArn({ service: 'sns', resource: namesOf(client.name).alarms });
    this.action = new SnsAction(Topic.fromTopicArn(this, 'Topic', topicArn));
    for (const record of records) this.errorsOf(record);
    for (const what of told) this.tell(what);
    this.openSends();
  }

  private errorsOf({ name }: FunctionRecord): void {
    new Alarm(this, name, {
      alarmName: `wayleaf-${this.client.name}-${name}-errors`,
      alarmDescription: withRunbook(
        `${name} failed more than five times in five minutes, twice in a row.`,
        'function-errors',
      ),
      metric: new Metric({
        namespace: 'AWS/Lambda',
        metricName: 'Errors',
        dimensionsMap: { FunctionName: namesOf(this.client.name).function(name) },
        statistic: 'Sum',
        period: Duration.minutes(5),
      }),
      threshold: 5,
      evaluationPeriods: 2,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    }).addAlarmAction(this.action);
  }

  /**
   * On while one stays open: the sweep tells each five minutes how many there are. A round that is late or
   * lost leaves it as it is; a sweep that keeps failing has an alarm of its own.
   */
  private openSends(): void {
    const { name } = this.client;
    new Alarm(this, 'sends-open', {
      alarmName: `wayleaf-${name}-sends-open`,
      alarmDescription: withRunbook(
        'Messages were handed to SES or SNS, and nobody knows whether they were taken. They are not sent again.',
        'sends-open',
      ),
      metric: new Metric({
        namespace: metricNamespace(name),
        metricName: 'SendsOpen' satisfies MetricName,
        dimensionsMap: { service: metricService },
        statistic: 'Maximum',
        period: Duration.minutes(5),
      }),
      threshold: 1,
      evaluationPeriods: 3,
      datapointsToAlarm: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.IGNORE,
    }).addAlarmAction(this.action);
  }

  /** Of what is said once. */
  private tell({ by, event, means }: (typeof told)[number]): void {
    const { name } = this.client;
    const filter = new MetricFilter(this, `${event}-lines`, {
      logGroup: LogGroup.fromLogGroupName(this, `${event}-log`, logGroupOf(name, by)),
      filterPattern: FilterPattern.allTerms(event),
      metricNamespace: `wayleaf/${name}`,
      metricName: event,
    });
    new Alarm(this, event, {
      alarmName: `wayleaf-${name}-${event}`,
      alarmDescription: withRunbook(means, event),
      metric: filter.metric({ period: Duration.minutes(5), statistic: 'Sum' }),
      threshold: 1,
      evaluationPeriods: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    }).addAlarmAction(this.action);
  }
}
