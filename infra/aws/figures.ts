import { Duration } from 'aws-cdk-lib';
import { MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { type MetricName, metricNamespace, metricService } from '#aws/metrics';
import type { Client } from '#model/client';
import { namesOf } from '../names.ts';

/** What the client measures of itself (`functions/operations`). */
export const own = (
  { name }: Client,
  metricName: MetricName,
  statistic: 'Sum' | 'Maximum' = 'Sum',
  period = Duration.minutes(5),
): Metric =>
  new Metric({
    ...{ namespace: metricNamespace(name), metricName, statistic, period, label: metricName },
    dimensionsMap: { service: metricService },
  });

export const ofFunction = (
  { name }: Client,
  fn: string,
  metricName: 'IteratorAge' | 'Invocations' | 'Duration' | 'Errors',
  statistic: 'Sum' | 'Maximum' = 'Sum',
  period = Duration.minutes(5),
): Metric =>
  new Metric({
    ...{ namespace: 'AWS/Lambda', metricName, statistic, period, label: fn },
    dimensionsMap: { FunctionName: namesOf(name).function(fn) },
  });

export const ofTable = (
  table: string,
  metricName: 'ConsumedWriteCapacityUnits' | 'ConsumedReadCapacityUnits',
  period: Duration,
): Metric =>
  new Metric({
    ...{ namespace: 'AWS/DynamoDB', metricName, statistic: 'Sum', period },
    dimensionsMap: { TableName: table },
  });

/** SES counts the whole account; a part of one, not of a hundred. */
export const reputation = (metricName: 'Reputation.BounceRate' | 'Reputation.ComplaintRate'): Metric =>
  new Metric({
    ...{ namespace: 'AWS/SES', metricName, statistic: 'Maximum', period: Duration.hours(1) },
    label: metricName,
  });

export const share = (label: string, part: Metric, whole: readonly Metric[]): MathExpression => {
  const named = Object.fromEntries(whole.map((metric, i) => [`w${i}`, metric]));
  const sum = Object.keys(named).join('+');
  return new MathExpression({
    ...{ label, period: Duration.hours(1) },
    expression: `100 * ${label} / IF((${sum}) > 0, (${sum}), 1)`,
    usingMetrics: { [label]: part, ...named },
  });
};
