import { CfnOutput, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  CfnApiMapping,
  type CfnStage,
  DomainName,
  HttpApi,
  LogGroupLogDestination,
  SecurityPolicy,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import type { Client } from '#model/client';
import { logGroupOf, namesOf } from '../names.ts';
import { acknowledge } from './acknowledge.ts';
import { Mail } from './mail.ts';
import { Teams } from './teams.ts';

/**
 * What others hold on to: the address that stands in mails and on websites, the identity that DNS vouches
 * for, the topics that telephone numbers name and colleagues have confirmed. Apart from what is made again.
 */
export class EdgeStack extends Stack {
  readonly api: HttpApi;
  readonly mail: Mail;

  constructor(scope: Construct, id: string, { client, ...props }: StackProps & { client: Client }) {
    super(scope, id, props);
    this.api = this.httpApi(client);
    this.domain(client);
    this.mail = new Mail(this, 'Mail', { client });
    new Teams(this, 'Teams', { client, key: this.mail.key });
    this.alarms(client);
    new CfnOutput(this, 'ApiUrl', { value: this.api.apiEndpoint });
    // Numbers and platform applications are made by hand, with what carriers and push services ask; they name these.
    new CfnOutput(this, 'InboundSmsTopic', { value: this.mail.topics['inbound-sms'].topicArn });
    new CfnOutput(this, 'PushEventsTopic', { value: this.mail.topics['push-events'].topicArn });
  }

  private httpApi(client: Client): HttpApi {
    const api = new HttpApi(this, 'Api', { apiName: `wayleaf-${client.name}`, createDefaultStage: false });
    const logs = new LogGroup(this, 'ApiLogs', {
      logGroupName: logGroupOf(client.name, 'api'),
      retention: client.retention.logs,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const stage = api.addStage('Stage', {
      autoDeploy: true,
      throttle: { rateLimit: 1000, burstLimit: 2000 },
      accessLogSettings: { destination: new LogGroupLogDestination(logs), format: accessLog },
    });
    (stage.node.defaultChild as CfnStage).stageName = '$default';
    for (const kept of [api, stage]) kept.applyRemovalPolicy(RemovalPolicy.RETAIN);
    return api;
  }

  /** With CloudFront before the API it is CloudFront that has the name. */
  private domain({ deployment: { domain, cloudFront } }: Client): void {
    if (!domain || cloudFront) return;
    const own = new DomainName(this, 'Domain', {
      domainName: domain.name,
      certificate: Certificate.fromCertificateArn(this, 'Certificate', domain.certificate),
      securityPolicy: SecurityPolicy.TLS_1_2,
    });
    own.applyRemovalPolicy(RemovalPolicy.RETAIN);
    const mapping = { apiId: this.api.apiId, domainName: own.name, stage: '$default' };
    new CfnApiMapping(this, 'Mapping', mapping).node.addDependency(this.api);
    // What a CNAME (or an alias) of the host must name.
    new CfnOutput(this, 'DomainTarget', { value: own.regionalDomainName });
  }

  /** Whoever confirmed the mail of SNS once need not do it again because an alarm changed. */
  private alarms(client: Client): void {
    const topic = new Topic(this, 'Alarms', {
      topicName: namesOf(client.name).alarms,
      masterKey: this.mail.key,
      enforceSSL: true,
    });
    acknowledge(topic.addSubscription(new EmailSubscription(client.alarm)), 'mail-to-people');
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
