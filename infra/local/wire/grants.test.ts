import {
  DynamoDBServiceException,
  GetItemCommand,
  QueryCommand,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { SendRawEmailCommand } from '@aws-sdk/client-ses';
import {
  CreateStateMachineCommand,
  SendTaskSuccessCommand,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { PublishCommand } from '@aws-sdk/client-sns';
import { describe, expect, test } from 'vitest';
import { createClients } from '#aws/clients';
import type { Settings } from '#aws/function-context';
import { defineFunction, type Grant } from '#aws/function-record';
import { createAuthorizer, restrict } from './grants.ts';
import type { Execute, Services } from './model.ts';
import { createLocalClients, guardClient, type Seam } from './seams.ts';

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
  baseUrl: 'http://127.0.0.1',
  sesConfigurationSet: 'wayleaf-acme',
  teamTopicPrefix: 'arn:aws:sns:eu-central-1:123456789012:wayleaf-acme-team-',
  retentionSeconds: 34_560_000,
  auditRetentionSeconds: 34_560_000,
};

const recordOf = (grants: Grant[]) =>
  defineFunction({
    name: 'run-step',
    room: 'journeys',
    description: 'x',
    triggers: [],
    grants,
    timeoutSeconds: 1,
    memoryMegabytes: 128,
  });

const granted = (grants: Grant[], seam: Seam = 'direct') => {
  const reached: string[] = [];
  const execute: Execute = async (operation) => {
    reached.push(operation);
    return {};
  };
  const all: Services = {
    dynamodb: execute,
    secretsmanager: execute,
    sfn: execute,
    ses: execute,
    sns: execute,
  };
  const record = recordOf(grants);
  const clients = createLocalClients(restrict(all, record, settings), { seam, region: settings.region });
  return { clients, reached };
};

const get = new GetItemCommand({ TableName: settings.mainTable, Key: {} });
const put = { Put: { TableName: settings.mainTable, Item: {} } };
const check = {
  ConditionCheck: { TableName: settings.catalogueTable, Key: {}, ConditionExpression: 'a = b' },
};
const denied = (action: string, resource: string) =>
  expect.objectContaining({
    name: 'AccessDeniedException',
    message: expect.stringMatching(new RegExp(`run-step.*perform: ${action} .*${resource}`)),
  });

describe.each<Seam>(['wire', 'direct'])('over the %s seam', (seam) => {
  test('refuses what the record does not grant, naming function, action and resource', async () => {
    const { clients, reached } = granted([{ on: 'catalogue', actions: ['dynamodb:GetItem'] }], seam);
    const asking = clients.dynamodb.send(get);
    await expect(asking).rejects.toEqual(denied('dynamodb:GetItem', 'table/wayleaf-acme-main'));
    await expect(asking).rejects.toBeInstanceOf(DynamoDBServiceException);
    expect(reached).toEqual([]);
  });

  test('lets through what it grants', async () => {
    const { clients, reached } = granted([{ on: 'main', actions: ['dynamodb:GetItem'] }], seam);
    await clients.dynamodb.send(get);
    expect(reached).toEqual(['GetItem']);
  });
});

test('refuses another table, and an index of it', async () => {
  const { clients } = granted([{ on: 'main', actions: ['dynamodb:GetItem', 'dynamodb:Query'] }]);
  const query = (TableName: string, IndexName: string) =>
    clients.dynamodb.send(new QueryCommand({ TableName, IndexName }));
  await query(settings.mainTable, 'by-time');
  await expect(query(settings.mainTable, 'other')).rejects.toEqual(denied('dynamodb:Query', 'index/other'));
  await expect(query('wayleaf-acme-mainly', 'by-time')).rejects.toEqual(
    denied('dynamodb:Query', 'wayleaf-acme-mainly'),
  );
});

test('a transaction needs the grants of each of its parts', async () => {
  const write = (grants: Grant[]) =>
    granted(grants).clients.dynamodb.send(new TransactWriteItemsCommand({ TransactItems: [put, check] }));
  const mayPut: Grant = { on: 'main', actions: ['dynamodb:PutItem'] };
  await expect(write([mayPut])).rejects.toEqual(
    denied('dynamodb:ConditionCheckItem', 'wayleaf-acme-catalogue'),
  );
  await write([mayPut, { on: 'catalogue', actions: ['dynamodb:ConditionCheckItem'] }]);
});

test('a machine made with a role needs the right to hand it on', async () => {
  const create = (grants: Grant[], name = 'wayleaf-acme-x', roleArn = settings.machineRoleArn) =>
    granted(grants).clients.sfn.send(
      new CreateStateMachineCommand({ name, definition: '{}', roleArn, publish: true }),
    );
  const machines: Grant = {
    on: 'machines',
    actions: ['states:CreateStateMachine', 'states:PublishStateMachineVersion'],
  };
  const role: Grant = { on: 'machine-role', actions: ['iam:PassRole'] };
  await create([machines, role]);
  await expect(create([machines])).rejects.toEqual(denied('iam:PassRole', 'role/wayleaf-acme-machines'));
  const theirs = 'arn:aws:iam::123456789012:role/admin';
  await expect(create([machines, role], 'wayleaf-acme-x', theirs)).rejects.toEqual(
    denied('iam:PassRole', 'role/admin'),
  );
  await expect(create([machines, role], 'other')).rejects.toEqual(
    denied('states:CreateStateMachine', 'other'),
  );
  await expect(create([{ on: 'machines', actions: ['states:CreateStateMachine'] }, role])).rejects.toEqual(
    denied('states:PublishStateMachineVersion', 'wayleaf-acme-x'),
  );
});

test('runs are started by the version of an own machine, and tokens answered', async () => {
  const { clients } = granted([
    { on: 'machines', actions: ['states:StartExecution'] },
    { on: 'executions', actions: ['states:SendTaskSuccess'] },
  ]);
  const start = (machine: string) =>
    clients.sfn.send(
      new StartExecutionCommand({
        stateMachineArn: `arn:aws:states:eu-central-1:123456789012:stateMachine:${machine}:3`,
      }),
    );
  await start('wayleaf-acme-demo');
  await expect(start('theirs')).rejects.toEqual(denied('states:StartExecution', 'theirs:3'));
  await clients.sfn.send(new SendTaskSuccessCommand({ taskToken: 't', output: '{}' }));
});

test('texts, team topics and mails are granted apart', async () => {
  const text = new PublishCommand({ PhoneNumber: '+15550100', Message: 'x' });
  const team = new PublishCommand({ TopicArn: `${settings.teamTopicPrefix}sales`, Message: 'x' });
  const mail = new SendRawEmailCommand({ RawMessage: { Data: new Uint8Array([1]) } });
  const teams = granted([{ on: 'team-topics', actions: ['sns:Publish'] }]).clients;
  await teams.sns.send(team);
  await expect(teams.sns.send(text)).rejects.toEqual(denied('sns:Publish', 'phone-number'));
  await expect(teams.ses.send(mail)).rejects.toEqual(denied('ses:SendRawEmail', 'identity'));
  const texts = granted([
    { on: 'sms', actions: ['sns:Publish'] },
    { on: 'ses-identity', actions: ['ses:SendRawEmail'] },
  ]).clients;
  await texts.sns.send(text);
  await texts.ses.send(mail);
  await expect(texts.sns.send(team)).rejects.toEqual(denied('sns:Publish', 'team-sales'));
});

test('a client that goes to another process is denied all the same, and asks nobody', async () => {
  const elsewhere = createClients({
    region: settings.region,
    endpoint: 'http://127.0.0.1:9',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
  });
  const ses = guardClient(elsewhere.ses, 'ses', createAuthorizer(recordOf([]), settings));
  const sending = ses.send(new SendRawEmailCommand({ RawMessage: { Data: new Uint8Array([1]) } }));
  await expect(sending).rejects.toEqual(denied('ses:SendRawEmail', 'identity'));
  const granted = guardClient(
    elsewhere.sns,
    'sns',
    createAuthorizer(recordOf([{ on: 'sms', actions: ['sns:Publish'] }]), settings),
  );
  const publishing = granted.send(new PublishCommand({ PhoneNumber: '+15550100', Message: 'x' }));
  await expect(publishing).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});
