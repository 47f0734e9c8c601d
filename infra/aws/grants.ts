import { Arn, ArnFormat, type Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Grant } from '#aws/function-record';
import type { Client } from '#model/client';
import { namesOf } from '../names.ts';

/**
 * A function's grants as IAM statements: every action is named, every resource is this client's own.
 * The only `*` stand at the end of names that do not exist yet (a journey published later, an
 * execution, a telephone number), where IAM has no other way to say "mine".
 */
export const statementsFor = (stack: Stack, client: Client, grants: readonly Grant[]): PolicyStatement[] =>
  grants.map(
    (grant) =>
      new PolicyStatement({ actions: [...grant.actions], resources: resourcesOf(stack, client, grant.on) }),
  );

const resourcesOf = (stack: Stack, client: Client, on: Grant['on']): string[] => {
  const names = namesOf(client.name);
  const arn = (service: string, resource: string, resourceName: string): string =>
    Arn.format({ service, resource, resourceName, arnFormat: ArnFormat.COLON_RESOURCE_NAME }, stack);
  const table = (name: string): string =>
    Arn.format({ service: 'dynamodb', resource: 'table', resourceName: name }, stack);
  switch (on) {
    case 'main':
      return [
        table(names.mainTable),
        `${table(names.mainTable)}/index/by-time`,
        `${table(names.mainTable)}/index/unsettled`,
        `${table(names.mainTable)}/index/agenda`,
        `${table(names.mainTable)}/index/members`,
      ];
    case 'main-stream':
      return [`${table(names.mainTable)}/stream/*`];
    case 'catalogue':
      return [table(names.catalogueTable)];
    case 'audit':
      return [
        table(names.auditTable),
        `${table(names.auditTable)}/index/by-actor`,
        `${table(names.auditTable)}/index/by-subject`,
      ];
    case 'machines':
      return [arn('states', 'stateMachine', `${names.machinePrefix}*`)];
    case 'click-machine':
      return [arn('states', 'stateMachine', names.clickMachine)];
    // Secrets Manager puts six characters of its own behind a name.
    case 'link-keys':
      return [arn('secretsmanager', 'secret', `${names.linkKeysSecret}-??????`)];
    case 'executions':
      return [
        arn('states', 'stateMachine', `${names.machinePrefix}*`),
        arn('states', 'execution', `${names.machinePrefix}*`),
      ];
    case 'ses-identity':
      return [
        Arn.format({ service: 'ses', resource: 'identity', resourceName: client.sender.domain }, stack),
        Arn.format(
          { service: 'ses', resource: 'configuration-set', resourceName: names.configurationSet },
          stack,
        ),
      ];
    case 'event-bus':
      return [Arn.format({ service: 'events', resource: 'event-bus', resourceName: 'default' }, stack)];
    // What SNS does with devices has no resource but `*` in IAM.
    case 'push-apps':
    case 'sms':
    case 'ses-account':
      return ['*'];
    case 'push-endpoints':
      return [Arn.format({ service: 'sns', resource: 'endpoint', resourceName: '*' }, stack)];
    case 'team-topics':
      return [
        Arn.format(
          { service: 'sns', resource: `${names.teamPrefix}*`, arnFormat: ArnFormat.NO_RESOURCE_NAME },
          stack,
        ),
      ];
    case 'machine-role':
      return [
        Arn.format({ service: 'iam', region: '', resource: 'role', resourceName: names.machineRole }, stack),
      ];
  }
};
