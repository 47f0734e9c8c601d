import { ArnFormat, type Stack } from 'aws-cdk-lib';
import type { Settings } from '#aws/function-context';
import { auditRetentionSeconds, type Client, retentionSeconds } from '#model/client';
import { namesOf } from '../names.ts';

/** Where things are for this client's functions; nothing secret. */
export const settingsOf = (stack: Stack, client: Client, baseUrl: string): Omit<Settings, 'region'> => {
  const names = namesOf(client.name);
  return {
    client: client.name,
    account: stack.account,
    mainTable: names.mainTable,
    catalogueTable: names.catalogueTable,
    auditTable: names.auditTable,
    runStepFunction: names.function('run-step'),
    machinePrefix: names.machinePrefix,
    machineRoleArn: stack.formatArn({
      service: 'iam',
      region: '',
      resource: 'role',
      resourceName: names.machineRole,
    }),
    clickMachineArn: stack.formatArn({
      service: 'states',
      resource: 'stateMachine',
      resourceName: names.clickMachine,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    }),
    linkKeysSecret: names.linkKeysSecret,
    baseUrl,
    sesConfigurationSet: names.configurationSet,
    teamTopicPrefix: stack.formatArn({ service: 'sns', resource: names.teamPrefix }),
    retentionSeconds: retentionSeconds(client),
    auditRetentionSeconds: auditRetentionSeconds(client),
  };
};

export const pascal = (name: string): string =>
  name.replace(/(^|-)([a-z])/g, (_, __, letter: string) => letter.toUpperCase());
