import { Duration, Stack } from 'aws-cdk-lib';
import {
  Dashboard,
  GraphWidget,
  type IMetric,
  MathExpression,
  SingleValueWidget,
  TextWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import type { FunctionRecord } from '#aws/function-record';
import type { Client } from '#model/client';
import { namesOf } from '../names.ts';
import { prices } from '../prices.ts';
import type { AlarmsProps } from './alarms.ts';
import { ofFunction, ofTable, own, reputation, share } from './figures.ts';

const graph = (title: string, left: IMetric[], right: IMetric[] = []): GraphWidget =>
  new GraphWidget({ title, left, right, width: 8, height: 6 });

/** One page for each client: what comes in, what goes out, what waits, what it costs. */
export const createDashboard = (scope: Construct, { client, records }: AlarmsProps): void => {
  const streams = records.filter(({ triggers }) => triggers.some(({ kind }) => kind === 'stream'));
  const hourly = (name: Parameters<typeof own>[1]) => own(client, name, 'Sum', Duration.hours(1));
  const answered = [hourly('Delivered'), hourly('Bounced')];
  new Dashboard(scope, 'Dashboard', {
    dashboardName: `wayleaf-${client.name}`,
    defaultInterval: Duration.days(3),
    widgets: [
      [title(client, Stack.of(scope).region), today(client)],
      [
        graph('Leads and events', [own(client, 'Leads')], [own(client, 'Events')]),
        graph('Runs', [own(client, 'RunsStarted')], [own(client, 'RunsActive', 'Maximum')]),
        graph('Messages by outcome', [
          own(client, 'SendsSent'),
          own(client, 'SendsSkipped'),
          own(client, 'SendsFailed'),
          own(client, 'SendsIndeterminate'),
        ]),
      ],
      [
        graph(
          'Bounces and complaints, % of answered',
          [share('bounced', hourly('Bounced'), answered)],
          [share('complained', hourly('Complained'), answered)],
        ),
        graph("SES's own rates, of the account", [
          reputation('Reputation.BounceRate'),
          reputation('Reputation.ComplaintRate'),
        ]),
        graph('Estimated cost a day, $', [costOf(client, records)]),
      ],
      [
        graph('Oldest that waits, seconds', [
          own(client, 'OldestEventSeconds', 'Maximum'),
          own(client, 'OldestClaimSeconds', 'Maximum'),
        ]),
        graph(
          'Behind the stream, milliseconds',
          streams.map(({ name }) => ofFunction(client, name, 'IteratorAge', 'Maximum')),
        ),
        graph('Quarantine', [own(client, 'Quarantined', 'Maximum')]),
      ],
    ],
  });
};

const title = ({ name }: Client, region: string): TextWidget =>
  new TextWidget({
    markdown: `# ${name}, ${region}\n\nWhat to do about an alarm: \`infra/aws/runbooks\`. The same in words: \`wayleaf status ${name}\`.`,
    ...{ width: 8, height: 3 },
  });

const today = (client: Client): SingleValueWidget =>
  new SingleValueWidget({
    title: 'Last day',
    metrics: (['Leads', 'RunsStarted', 'SendsSent', 'Bounced', 'Complained'] as const).map((name) =>
      own(client, name, 'Sum', Duration.days(1)),
    ),
    ...{ width: 16, height: 3 },
  });

const busiest = ['run-step', 'hear-event', 'accept-event', 'accept-form', 'fold-counts', 'take-feedback'];

/**
 * From what AWS measures anyway, at list prices: tables, the functions that do nearly all, mails. Transitions
 * are not measured by machine or by client; `wayleaf cost` and the bill know them.
 */
const costOf = (client: Client, records: readonly FunctionRecord[]): MathExpression => {
  const day = Duration.days(1);
  const names = namesOf(client.name);
  const parts: [IMetric, number][] = [
    [own(client, 'SendsSent', 'Sum', day), prices.email],
    ...[names.mainTable, names.catalogueTable].flatMap((table): [IMetric, number][] => [
      [ofTable(table, 'ConsumedWriteCapacityUnits', day), prices.dynamoWriteUnit],
      [ofTable(table, 'ConsumedReadCapacityUnits', day), prices.dynamoReadUnit],
    ]),
    ...records
      .filter(({ name }) => busiest.includes(name))
      .flatMap(({ name, memoryMegabytes }): [IMetric, number][] => [
        [ofFunction(client, name, 'Invocations', 'Sum', day), prices.lambdaRequest],
        [
          ofFunction(client, name, 'Duration', 'Sum', day),
          (prices.lambdaGigabyteSecond * memoryMegabytes) / 1024 / 1000,
        ],
      ]),
  ];
  return new MathExpression({
    label: 'without transitions',
    period: day,
    expression: parts.map(([, price], i) => `FILL(m${i}, 0) * ${price.toFixed(15)}`).join(' + '),
    usingMetrics: Object.fromEntries(parts.map(([metric], i) => [`m${i}`, metric])),
  });
};
