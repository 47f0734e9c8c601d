import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { CloudAssembly } from 'aws-cdk-lib/cx-api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createApp } from '#infra/app';
import { manifest } from '#infra/manifest';
import { makeClients, threeClients } from '#test/builders/three-clients';

interface Resource {
  Type: string;
  // biome-ignore lint/suspicious/noExplicitAny: templates are JSON of many shapes
  Properties: any;
  DeletionPolicy?: string;
  UpdateReplacePolicy?: string;
}
type Template = { Resources: Record<string, Resource>; Outputs: Record<string, unknown> };

let assembly: CloudAssembly;
const root = makeClients(threeClients);

const template = (stack: string): Template =>
  JSON.parse(readFileSync(join(assembly.directory, `${stack}.template.json`), 'utf8')) as Template;
const all = (stack: string, type: string): Resource[] =>
  Object.values(template(stack).Resources).filter((resource) => resource.Type === type);
const clients = Object.keys(threeClients);

beforeAll(() => {
  const started = performance.now();
  assembly = createApp(root).synth();
  console.info(`synthesised in ${((performance.now() - started) / 1000).toFixed(1)} s`);
}, 180_000);
afterAll(() => rmSync(root, { recursive: true, force: true }));

interface Statement {
  Action: string | string[];
}
/** Of a role, what stands within it; of a policy, what a grant of the CDK added to a role. */
const statementsOf = ({ Type, Properties }: Resource): Statement[] => {
  if (Type === 'AWS::IAM::Policy') return Properties.PolicyDocument.Statement;
  return Type === 'AWS::IAM::Role'
    ? (Properties.Policies ?? []).flatMap(
        (policy: { PolicyDocument: { Statement: Statement[] } }) => policy.PolicyDocument.Statement,
      )
    : [];
};

describe.each(clients)('the stacks of %s', (client) => {
  const [data, edge, app, routes, watch, journeys] = [
    ...['data', 'edge', 'app', 'routes', 'watch', 'journeys'],
  ].map((part) => `wayleaf-${client}-${part}`) as [string, string, string, string, string, string];

  test('write to the alarm address about what only a person can settle', () => {
    const alarms = all(watch, 'AWS::CloudWatch::Alarm').map(({ Properties }) => Properties);
    const open = alarms.find(({ AlarmName }) => AlarmName === `wayleaf-${client}-sends-open`);
    expect(open).toMatchObject({
      ...{ MetricName: 'SendsOpen', Statistic: 'Maximum', Threshold: 1, TreatMissingData: 'ignore' },
      Dimensions: [{ Name: 'service', Value: 'wayleaf' }],
    });
    for (const event of ['journey-paused', 'event-quarantined']) {
      const alarm = alarms.find(({ AlarmName }) => AlarmName === `wayleaf-${client}-${event}`);
      expect(alarm).toMatchObject({ MetricName: event, Namespace: `wayleaf/${client}`, Threshold: 1 });
      expect(alarm.AlarmActions).toHaveLength(1);
      const filters = all(watch, 'AWS::Logs::MetricFilter').map(({ Properties }) => Properties);
      expect(filters.find(({ FilterPattern }) => FilterPattern.includes(event))).toBeDefined();
    }
  });

  test('keep every table encrypted, restorable and undeletable, with a stream of both images', () => {
    const tables = all(data, 'AWS::DynamoDB::Table');
    expect(tables).toHaveLength(3);
    for (const table of tables) {
      expect(table.DeletionPolicy).toBe('Retain');
      expect(table.Properties).toMatchObject({
        BillingMode: 'PAY_PER_REQUEST',
        DeletionProtectionEnabled: true,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        SSESpecification: { SSEEnabled: true, ...(client === 'third' && { SSEType: 'KMS' }) },
        TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
      });
    }
    const main = tables.find((table) => table.Properties.TableName === `wayleaf-${client}-main`);
    expect(main?.Properties.StreamSpecification).toMatchObject({ StreamViewType: 'NEW_AND_OLD_IMAGES' });
    expect(main?.Properties.LocalSecondaryIndexes[0].IndexName).toBe('by-time');
    const indexes = main?.Properties.GlobalSecondaryIndexes as { IndexName: string }[];
    expect(indexes.map(({ IndexName }) => IndexName)).toEqual(['unsettled', 'agenda', 'members']);
  });

  test('keep a second home for the link keys, empty until a function writes it, under the key of the tables', () => {
    const [secret, ...others] = all(data, 'AWS::SecretsManager::Secret');
    expect(others).toEqual([]);
    expect(secret).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
    const { Description, KmsKeyId, Tags, ...rest } = secret!.Properties;
    expect(rest).toEqual({ Name: `wayleaf-${client}-link-keys` });
    const [key] = all(data, 'AWS::KMS::Key');
    expect([KmsKeyId === undefined, key === undefined]).toEqual(Array(2).fill(client !== 'third'));
    if (key)
      expect(JSON.stringify(key.Properties.KeyPolicy)).toMatch(/"secretsmanager\.[a-z0-9-]+\.amazonaws/);
    const roles = all(app, 'AWS::IAM::Role').map((role) => JSON.stringify(role.Properties));
    const readers = roles.filter((role) => role.includes('secretsmanager:GetSecretValue'));
    expect(readers).toHaveLength(1);
    expect(readers[0]).not.toContain('secretsmanager:PutSecretValue');
    expect(readers[0]).toContain(`:secret:wayleaf-${client}-link-keys-??????"`);
  });

  test('hold one arm64 Node 24 function for each record of the manifest', () => {
    const functions = [...all(app, 'AWS::Lambda::Function'), ...all(journeys, 'AWS::Lambda::Function')];
    expect(functions.map((f) => f.Properties.FunctionName).sort()).toEqual(
      manifest.map(({ record }) => `wayleaf-${client}-${record.name}`).sort(),
    );
    for (const { Properties } of functions)
      expect(Properties).toMatchObject({
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        Handler: 'index.handler',
      });
  });

  test('allow no action by a wildcard, and no resource of another client', () => {
    const statements = [app, journeys].flatMap((stack) =>
      Object.values(template(stack).Resources).flatMap(statementsOf),
    );
    const actions = statements.flatMap((statement) => statement.Action);
    expect(actions.length).toBeGreaterThan(20);
    expect(actions.filter((action: string) => action.includes('*'))).toEqual([]);
    for (const other of clients.filter((name) => name !== client))
      expect(JSON.stringify(statements)).not.toContain(`wayleaf-${other}`);
  });

  test('leave room for twenty more functions in each stack, which may have 500 resources', () => {
    for (const stack of [data, edge, app, routes, watch, journeys])
      expect(Object.keys(template(stack).Resources).length, stack).toBeLessThan(350);
  });

  test('give each function exactly the actions of its record', () => {
    for (const { record } of manifest) {
      const stack = record.triggers.some((t) => t.kind === 'deployment') ? journeys : app;
      const granted = Object.entries(template(stack).Resources)
        .filter(([id]) => new RegExp(`^${pascal(record.name)}Role(?:DefaultPolicy)?[0-9A-F]{8}$`).test(id))
        .flatMap(([, resource]) => statementsOf(resource))
        .flatMap(({ Action }) => Action);
      const wanted: string[] = record.grants.flatMap((g) => [...g.actions]);
      const ofTriggers = /^logs:|Stream|^sqs:|GetRecords|GetShardIterator|^kms:/;
      const own = granted.filter((action) => wanted.includes(action) || !ofTriggers.test(action));
      expect([...new Set(own)].sort(), record.name).toEqual([...new Set(wanted)].sort());
    }
  });

  test('bound the tries of every stream consumer and park what fails', () => {
    const mappings = all(app, 'AWS::Lambda::EventSourceMapping').filter(
      ({ Properties }) => Properties.StartingPosition !== undefined,
    );
    expect(mappings).toHaveLength(2);
    for (const { Properties } of mappings) {
      expect(Properties).toMatchObject({
        BisectBatchOnFunctionError: true,
        MaximumRetryAttempts: 10,
        FunctionResponseTypes: ['ReportBatchItemFailures'],
      });
      expect(Properties.DestinationConfig.OnFailure.Destination).toBeDefined();
    }
  });

  test('retain every machine and every version, and let them call run-step only', () => {
    const machines = all(journeys, 'AWS::StepFunctions::StateMachine');
    expect(machines.map((m) => m.Properties.StateMachineName).sort()).toEqual([
      `wayleaf-${client}-demo-follow-up_folder`,
      `wayleaf-${client}-increase-engagement_folder`,
    ]);
    for (const kept of [...machines, ...all(journeys, 'AWS::StepFunctions::StateMachineVersion')])
      expect([kept.DeletionPolicy, kept.UpdateReplacePolicy]).toEqual(['Retain', 'Retain']);
    for (const { Properties } of machines)
      expect(definitionOf(Properties)).toContain(`wayleaf-${client}-run-step`);
  });

  test('hold a click by a machine that calls judge-click and nothing else', () => {
    const [machine] = all(app, 'AWS::StepFunctions::StateMachine');
    expect(machine?.Properties).toMatchObject({ StateMachineName: `wayleaf-${client}_clicks` });
    expect(machine?.Properties.DefinitionString).toContain(`wayleaf-${client}-judge-click`);
    const invokes = all(app, 'AWS::IAM::Policy').map(({ Properties }) => JSON.stringify(Properties));
    expect(invokes.filter((text) => text.includes('lambda:InvokeFunction'))).toEqual([
      expect.stringContaining(`function:wayleaf-${client}-judge-click`),
    ]);
  });

  test('keep logs for the time that client.json says', () => {
    const groups = [edge, app, journeys].flatMap((stack) => all(stack, 'AWS::Logs::LogGroup'));
    expect(groups.length).toBeGreaterThan(manifest.length);
    for (const group of groups) expect(group.Properties.RetentionInDays).toBe(30);
  });

  test('serve every route of the manifest', () => {
    const served = all(routes, 'AWS::ApiGatewayV2::Route')
      .map((route) => route.Properties.RouteKey)
      .sort();
    const wanted = manifest.flatMap(({ record }) =>
      record.triggers.flatMap((t) => (t.kind === 'http' ? [`${t.method} ${t.path}`] : [])),
    );
    expect(served).toEqual(wanted.sort());
  });

  test('verify the sending domain, and hear what SES tells on an encrypted topic', () => {
    expect(all(edge, 'AWS::SES::EmailIdentity')[0]?.Properties.EmailIdentity).toBe('mail.acme.example');
    expect(
      all(edge, 'AWS::SES::ConfigurationSetEventDestination')[0]?.Properties.EventDestination
        .MatchingEventTypes,
    ).toEqual(expect.arrayContaining(['send', 'bounce', 'complaint', 'delivery']));
    for (const topic of all(edge, 'AWS::SNS::Topic')) expect(topic.Properties.KmsMasterKeyId).toBeDefined();
  });

  test('hear phones and push services on encrypted topics that one function takes, and print them', () => {
    const { Outputs, Resources } = template(edge);
    expect(Object.keys(Outputs)).toEqual(expect.arrayContaining(['InboundSmsTopic', 'PushEventsTopic']));
    for (const name of ['inbound-sms', 'push-events']) {
      const [id, topic] = Object.entries(Resources).find(
        ([, { Type, Properties }]) =>
          Type === 'AWS::SNS::Topic' && Properties.TopicName === `wayleaf-${client}-${name}`,
      )!;
      expect(topic.Properties.KmsMasterKeyId).toBeDefined();
      const taken = all(app, 'AWS::SNS::Subscription').filter(({ Properties }) =>
        Properties.TopicArn['Fn::GetStackOutput'].OutputName.includes(id),
      );
      expect(taken.map(({ Properties }) => Properties.Protocol)).toEqual(['lambda']);
    }
  });
});

/** From the assets, where a deployment takes it from. */
const definitionOf = (properties: { DefinitionS3Location: { Key: string } }): string =>
  readFileSync(join(assembly.directory, `asset.${properties.DefinitionS3Location.Key}`), 'utf8');

describe('options', () => {
  const trailing = /arn:aws:iam::777788889999:policy\/edge/;
  test('a boundary stands on every role, and on none where it is not asked for', () => {
    for (const stack of ['app', 'journeys'])
      for (const role of all(`wayleaf-third-${stack}`, 'AWS::IAM::Role'))
        expect(role.Properties.PermissionsBoundary).toMatch(trailing);
    for (const role of all('wayleaf-acme-app', 'AWS::IAM::Role'))
      expect(role.Properties.PermissionsBoundary).toBeUndefined();
  });

  test('tags of the client stand on what is made, beside ours', () => {
    const [fn] = all('wayleaf-third-app', 'AWS::Lambda::Function');
    expect(fn?.Properties.Tags).toEqual(
      expect.arrayContaining([
        { Key: 'cost-center', Value: '42' },
        { Key: 'wayleaf:client', Value: 'third' },
      ]),
    );
  });

  test('a domain of the client is served by the API, and links begin with it', () => {
    expect(all('wayleaf-second-edge', 'AWS::ApiGatewayV2::DomainName')[0]?.Properties.DomainName).toBe(
      'go.acme.example',
    );
    expect(all('wayleaf-second-edge', 'AWS::ApiGatewayV2::ApiMapping')).toHaveLength(1);
    for (const client of ['second', 'third']) expect(baseUrlOf(client)).toBe('https://go.acme.example');
    expect(JSON.stringify(baseUrlOf('acme'))).toContain('ApiEndpoint');
  });

  test('CloudFront with its firewall stands in us-east-1 before the API of another Region', () => {
    const artifact = assembly.getStackByName('wayleaf-third-front');
    expect(artifact.environment).toMatchObject({ account: '777788889999', region: 'us-east-1' });
    const { DistributionConfig: config } = all('wayleaf-third-front', 'AWS::CloudFront::Distribution')[0]!
      .Properties;
    expect(config.Aliases).toEqual(['go.acme.example']);
    expect(JSON.stringify(config.Origins)).toContain('ap-southeast-2');
    const [firewall] = all('wayleaf-third-front', 'AWS::WAFv2::WebACL');
    expect(firewall?.Properties.Rules.map(({ Name }: { Name: string }) => Name)).toContain('one-caller');
    expect(config.WebACLId).toBeDefined();
  });

  test("a key of the account's own encrypts the tables, is kept, and serves DynamoDB only", () => {
    const [key] = all('wayleaf-third-data', 'AWS::KMS::Key');
    expect(key).toMatchObject({ DeletionPolicy: 'Retain', Properties: { EnableKeyRotation: true } });
    expect(JSON.stringify(key?.Properties.KeyPolicy)).toContain('dynamodb.ap-southeast-2.amazonaws.com');
    expect(all('wayleaf-acme-data', 'AWS::KMS::Key')).toEqual([]);
  });

  test('a budget tells before the month is over', () => {
    const [budget] = all('wayleaf-third-watch', 'AWS::Budgets::Budget');
    expect(budget?.Properties.Budget.BudgetLimit).toEqual({ Amount: 200, Unit: 'USD' });
    expect(budget?.Properties.NotificationsWithSubscribers).toHaveLength(3);
  });

  test('every stack is protected against being deleted', () => {
    for (const { terminationProtection, stackName } of assembly.stacks)
      expect([stackName, terminationProtection]).toEqual([stackName, true]);
  });

  test('what failed behind a topic or an event is parked with its reason', () => {
    const parked = all('wayleaf-acme-app', 'AWS::Lambda::EventInvokeConfig');
    const handedOver = manifest.filter(({ record }) =>
      record.triggers.some(({ kind }) => kind === 'topic' || kind === 'execution-status'),
    );
    expect(parked).toHaveLength(handedOver.length);
    for (const { Properties } of parked) expect(Properties.DestinationConfig.OnFailure).toBeDefined();
  });
});

const baseUrlOf = (client: string): unknown =>
  all(`wayleaf-${client}-app`, 'AWS::Lambda::Function')[0]?.Properties.Environment.Variables.WAYLEAF_BASE_URL;

test('share code between clients and nothing else', () => {
  const code = (client: string): unknown[] =>
    all(`wayleaf-${client}-app`, 'AWS::Lambda::Function').map((f) => f.Properties.Code.S3Key);
  expect(code('acme')).toEqual(code('second'));
  expect(JSON.stringify(template('wayleaf-acme-app'))).not.toContain('wayleaf-second');
  expect(JSON.stringify(template('wayleaf-second-app'))).not.toContain('wayleaf-acme');
});

test('leaves no finding of the AwsSolutions and Serverless packs unexplained', () => {
  const report = JSON.parse(readFileSync(join(assembly.directory, 'validation-report.json'), 'utf8'));
  const violations = report.pluginReports.flatMap(
    (plugin: { violations?: unknown[] }) => plugin.violations ?? [],
  );
  expect(violations).toEqual([]);
});

const pascal = (name: string): string =>
  name.replace(/(^|-)([a-z])/g, (_, __, letter: string) => letter.toUpperCase());
