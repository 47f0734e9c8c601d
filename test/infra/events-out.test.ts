import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Validations } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { afterAll, describe, expect, test } from 'vitest';
import { entryOf } from '#aws/event-bus';
import { EventsStack } from '#infra/aws/events-stack';
import { columnsOf } from '#infra/aws/events-table';
import { readClientFolder } from '#infra/client-folder';
import { readClientSettings } from '#infra/client-settings';
import { createHappeningFiles } from '#infra/local/happenings';
import { type Happening, happeningSchema } from '#model/happening';

const out = mkdtempSync(join(tmpdir(), 'wayleaf-events-'));
afterAll(() => rmSync(out, { recursive: true, force: true }));

const settings = (eventsOut: object) =>
  readClientSettings({ ...(readClientFolder('acme').client as object), eventsOut });
const client = settings({ on: true, s3: { keep: '800 days' } });
const app = new App({ outdir: join(out, 'cdk') });
const stack = new EventsStack(app, 'events', {
  ...{ client, env: { account: client.account, region: client.region }, terminationProtection: true },
});
Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
const template = Template.fromStack(stack);
// biome-ignore lint/suspicious/noExplicitAny: templates are JSON of many shapes
const only = (type: string): any => {
  const all = Object.values(template.findResources(type));
  expect(all).toHaveLength(1);
  return all[0]?.Properties;
};

describe('the stack of events as files', () => {
  test('keeps the files: encrypted, over TLS, closed to the public, retained, and as long as is asked', () => {
    template.hasResource('AWS::S3::Bucket', {
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        BucketEncryption: Match.anyValue(),
        PublicAccessBlockConfiguration: { BlockPublicAcls: true, RestrictPublicBuckets: true },
        LifecycleConfiguration: {
          Rules: Match.arrayWith([Match.objectLike({ Prefix: 'events/', ExpirationInDays: 800 })]),
        },
      },
    });
    expect(JSON.stringify(only('AWS::S3::BucketPolicy'))).toContain('"aws:SecureTransport":"false"');
  });

  test('lets nobody do more than put records, put files into two folders, and write one log', () => {
    const statements = Object.values(template.findResources('AWS::IAM::Policy')).flatMap(
      ({ Properties }) => Properties.PolicyDocument.Statement as { Action: string | string[] }[],
    );
    expect(statements.flatMap(({ Action }) => Action).sort()).toEqual([
      ...['firehose:PutRecord', 'firehose:PutRecordBatch', 'logs:PutLogEvents', 's3:AbortMultipartUpload'],
      ...['s3:GetBucketLocation', 's3:GetObject', 's3:ListBucket', 's3:ListBucketMultipartUploads'],
      's3:PutObject',
    ]);
    const objects = statements.find(({ Action }) => Action.includes('s3:PutObject'));
    expect(JSON.stringify(objects)).toMatch(/"\/events\/\*".*"\/errors\/\*"/);
    expect(JSON.stringify(only('AWS::SQS::QueuePolicy'))).toContain('"aws:SourceArn"');
  });

  test('has no finding of the AwsSolutions and Serverless packs unexplained', () => {
    const { directory } = app.synth();
    const file = join(directory, 'validation-report.json');
    const report = existsSync(file) ? readFileSync(file, 'utf8') : '';
    const { pluginReports } = JSON.parse(report) as { pluginReports: { violations?: object[] }[] };
    expect(pluginReports).toHaveLength(2);
    expect(pluginReports.flatMap(({ violations = [] }) => violations)).toEqual([]);
  });

  test('wakes somebody, with a page that says what to do', () => {
    const alarms = Object.values(template.findResources('AWS::CloudWatch::Alarm'));
    expect(alarms.map(({ Properties }) => Properties.AlarmName).sort()).toEqual([
      ...['wayleaf-acme-events-late', 'wayleaf-acme-events-undelivered'],
    ]);
    for (const { Properties } of alarms) {
      const [, page = ''] = / Runbook: (\S+)$/.exec(Properties.AlarmDescription) ?? [];
      expect(existsSync(join(import.meta.dirname, '../..', page))).toBe(true);
      expect(Properties.AlarmActions).toHaveLength(1);
    }
  });

  test('is asked for by an option, which needs the stream to be on', () => {
    expect(settings({ on: true }).eventsOut.s3).toBeUndefined();
    expect(() => settings({ s3: {} })).toThrow(/eventsOut.*s3.*write `"on": true` beside it/s);
  });
});

const base = { version: 1, client: 'acme', contact: 'c' } as const;
const happenings: Happening[] = [
  { ...base, id: 'a', type: 'run-entered', at: '2026-03-01T23:59:59.999Z', journey: 'w', journeyVersion: 2 },
  {
    ...{ ...base, id: 'b', type: 'run-converted', at: '2026-03-02T00:00:00.000Z', value: 12.5 },
    ...{ journey: 'w', run: 'c-r' },
  },
  {
    ...base,
    id: 'd',
    type: 'event-stored',
    at: '1970-01-01T00:00:00.000Z',
    kind: 'track',
    name: 'Größe "L"',
  },
];

/** What lies in a folder of files, by its path. */
const filesIn = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => [
        parentPath.slice(folder.length + 1),
        readFileSync(join(parentPath, name), 'utf8'),
      ]),
  );

/** The template, followed as AWS would: rule, target, stream, and where in the bucket a record comes to lie. */
const filesOnAws = (entries: readonly { Source: string; Detail: string }[]): Record<string, string> => {
  const { EventPattern: pattern, Targets } = only('AWS::Events::Rule');
  const [target] = Targets;
  const { Prefix, ProcessingConfiguration } = only(
    'AWS::KinesisFirehose::DeliveryStream',
  ).ExtendedS3DestinationConfiguration;
  const [extraction, delimiter] = ProcessingConfiguration.Processors;
  const query: string = extraction.Parameters.find(
    ({ ParameterName: name }: { ParameterName: string }) => name === 'MetadataExtractionQuery',
  ).ParameterValue;
  const [, first, under, from, to] =
    /^\{day:\(if \.at < "(.*?)" then "(.*?)" else \.at\[(\d+):(\d+)\] end\)\}$/.exec(query)!;
  expect([target.InputPath, delimiter.Type]).toEqual(['$.detail', 'AppendDelimiterToRecord']);
  const files: Record<string, string> = {};
  for (const { Source, Detail } of entries) {
    if (!pattern.source.includes(Source)) continue;
    const { at } = JSON.parse(Detail) as { at: string };
    const day = at < first! ? under! : at.slice(Number(from), Number(to));
    const path = Prefix.replace('!{partitionKeyFromQuery:day}', day).replace(/\/$/, '');
    files[path] = `${files[path] ?? ''}${Detail}\n`;
  }
  return files;
};

describe('a record is the same on AWS and on one machine', () => {
  test('in the same folder, the same line, valid against the one schema', async () => {
    const data = join(out, 'data');
    await createHappeningFiles(data)(happenings);
    const [local, aws] = [
      filesIn(data),
      filesOnAws([...happenings, { ...happenings[0]!, client: 'other' }].map(entryOf)),
    ];
    expect(Object.keys(local).sort()).toEqual([
      ...['events/day=2020-01-01', 'events/day=2026-03-01', 'events/day=2026-03-02'],
    ]);
    expect(aws).toEqual(local);
    const lines = Object.values(aws).flatMap((text) => text.trim().split('\n'));
    expect(lines).toHaveLength(happenings.length);
    for (const line of lines) happeningSchema.strict().parse(JSON.parse(line));
  });

  test('with a column in the table for every member, by its type', () => {
    const { TableInput: table } = only('AWS::Glue::Table');
    const columns = Object.fromEntries(
      table.StorageDescriptor.Columns.map(({ Name, Type }: { Name: string; Type: string }) => [Name, Type]),
    );
    const sqlTypes: Record<string, string[]> = { string: ['string'], number: ['int', 'double'] };
    for (const happening of happenings)
      for (const [member, value] of Object.entries(happening))
        expect([member, sqlTypes[typeof value]]).toEqual([
          member,
          expect.arrayContaining([columns[member.toLowerCase()]]),
        ]);
    expect(Object.keys(columns)).toEqual(
      Object.keys(happeningSchema.shape).map((member) => member.toLowerCase()),
    );
    expect([columns.version, columns.value, columns.type]).toEqual(['int', 'double', 'string']);
    expect(columnsOf(happeningSchema).every(({ comment = '' }) => comment.length < 256)).toBe(true);
  });

  test('and Athena finds its folder by the day, without a crawler', () => {
    const { Parameters: said, PartitionKeys: keys } = only('AWS::Glue::Table').TableInput;
    expect(keys).toEqual([{ Name: 'day', Type: 'string' }]);
    expect(said).toMatchObject({
      ...{ 'projection.enabled': 'true', 'projection.day.type': 'date' },
      ...{ 'projection.day.format': 'yyyy-MM-dd', 'projection.day.range': '2020-01-01,NOW+1DAYS' },
    });
    expect(JSON.stringify(said['storage.location.template'])).toMatch(/\/events\/day=\$\{day\}\//);
  });
});
