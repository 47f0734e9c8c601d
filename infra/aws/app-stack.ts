import { CfnOutput, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import { type CfnStage, HttpApi, LogGroupLogDestination } from 'aws-cdk-lib/aws-apigatewayv2';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { environmentOf } from '#aws/context';
import type { Settings } from '#aws/function-context';
import type { FunctionRecord } from '#aws/function-record';
import { type Client, retentionSeconds } from '#model/client';
import { namesOf } from '../names.ts';
import { Alarms } from './alarms.ts';
import type { DataStack } from './data-stack.ts';
import { Mail } from './mail.ts';
import { Teams } from './teams.ts';
import { connect } from './triggers.ts';
import { WayleafFunction } from './wayleaf-function.ts';

export interface AppStackProps extends StackProps {
  client: Client;
  data: DataStack;
  records: readonly FunctionRecord[];
}

/** Everything that can be made again at any time: functions, API, mail events, topics. */
export class AppStack extends Stack {
  constructor(scope: Construct, id: string, props: AppStackProps) {
    super(scope, id, props);
    const { client, data, records } = props;
    const api = this.api(client);
    const mail = new Mail(this, 'Mail', { client });
    new Teams(this, 'Teams', { client, key: mail.key });
    const environment = environmentOf(settingsOf(this, client, client.publicUrl ?? api.apiEndpoint));
    const functions = records.map(
      (record) => new WayleafFunction(this, pascal(record.name), { client, record, environment }),
    );
    const sources = { client, api, mainTable: data.main, topics: mail.topics };
    for (const fn of functions) connect(fn, sources);
    new Alarms(this, 'Alarms', { client, functions, key: mail.key });
    new CfnOutput(this, 'Url', { value: client.publicUrl ?? api.apiEndpoint });
    // Numbers and platform applications are made by hand, with what carriers and push services ask; they name these.
    new CfnOutput(this, 'InboundSmsTopic', { value: mail.topics['inbound-sms'].topicArn });
    new CfnOutput(this, 'PushEventsTopic', { value: mail.topics['push-events'].topicArn });
  }

  private api(client: Client): HttpApi {
    const api = new HttpApi(this, 'Api', { apiName: `wayleaf-${client.name}`, createDefaultStage: false });
    const logs = new LogGroup(this, 'ApiLogs', {
      logGroupName: `/wayleaf/${client.name}/api`,
      retention: client.retention.logs,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const stage = api.addStage('Stage', {
      autoDeploy: true,
      throttle: { rateLimit: 1000, burstLimit: 2000 },
      accessLogSettings: { destination: new LogGroupLogDestination(logs), format: accessLog },
    });
    (stage.node.defaultChild as CfnStage).stageName = '$default';
    return api;
  }
}

/** Ids only: no path parameters of links, no addresses, no query strings. */
const accessLog = AccessLogFormat.custom(
  JSON.stringify({
    requestId: '$context.requestId',
    route: '$context.routeKey',
    status: '$context.status',
    latency: '$context.responseLatency',
    error: '$context.integrationErrorMessage',
  }),
);

/** Where things are for this client's functions; nothing secret. */
export const settingsOf = (stack: Stack, client: Client, baseUrl: string): Omit<Settings, 'region'> => {
  const names = namesOf(client.name);
  return {
    client: client.name,
    account: stack.account,
    mainTable: names.mainTable,
    catalogueTable: names.catalogueTable,
    runStepFunction: names.function('run-step'),
    machinePrefix: names.machinePrefix,
    machineRoleArn: stack.formatArn({
      service: 'iam',
      region: '',
      resource: 'role',
      resourceName: names.machineRole,
    }),
    baseUrl,
    sesConfigurationSet: names.configurationSet,
    teamTopicPrefix: stack.formatArn({ service: 'sns', resource: names.teamPrefix }),
    retentionSeconds: retentionSeconds(client),
  };
};

export const pascal = (name: string): string =>
  name.replace(/(^|-)([a-z])/g, (_, __, letter: string) => letter.toUpperCase());
