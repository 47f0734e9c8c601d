import { expect, test } from 'vitest';
import { createContext, environmentOf } from './context.ts';
import type { Settings } from './function-context.ts';
import type { FunctionRecord } from './function-record.ts';

const record: FunctionRecord = {
  ...{ name: 'sweep', room: 'journeys', description: '', triggers: [], grants: [] },
  ...{ timeoutSeconds: 1, memoryMegabytes: 128 },
};

const settings: Settings = {
  client: 'acme',
  region: 'eu-central-1',
  account: '123456789012',
  mainTable: 'wayleaf-acme-main',
  catalogueTable: 'wayleaf-acme-catalogue',
  auditTable: 'wayleaf-acme-audit',
  runStepFunction: 'wayleaf-acme-run-step',
  machinePrefix: 'wayleaf-acme-',
  machineRoleArn: 'arn:aws:iam::123456789012:role/wayleaf-acme-machines',
  clickMachineArn: 'arn:aws:states:eu-central-1:123456789012:stateMachine:wayleaf-acme_clicks',
  linkKeysSecret: 'wayleaf-acme-link-keys',
  baseUrl: 'https://api.acme.example',
  sesConfigurationSet: 'wayleaf-acme',
  teamTopicPrefix: 'arn:aws:sns:eu-central-1:123456789012:wayleaf-acme-team-',
  retentionSeconds: 34_560_000,
  auditRetentionSeconds: 34_560_000,
};

test('reads back the settings that a deployment wrote', () => {
  const context = createContext(record, { ...environmentOf(settings), AWS_REGION: 'eu-central-1' });
  expect(context.settings).toEqual(settings);
});

test('takes the slash off the end of the address that links are made from', () => {
  const environment = environmentOf({ ...settings, baseUrl: 'https://api.acme.example/' });
  expect(createContext(record, { ...environment, AWS_REGION: 'eu-central-1' }).settings.baseUrl).toBe(
    'https://api.acme.example',
  );
});

test('refuses an incomplete environment and names every variable', () => {
  const { WAYLEAF_CLIENT: _, ...rest } = environmentOf({ ...settings, account: 'x' });
  const create = () => createContext(record, { ...rest, AWS_REGION: 'eu-central-1' });
  expect(create).toThrow(/WAYLEAF_CLIENT/);
  expect(create).toThrow(/WAYLEAF_ACCOUNT/);
});
