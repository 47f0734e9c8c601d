import {
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CloudAssembly } from 'aws-cdk-lib/cx-api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createApp } from '#infra/app';
import { clientsFolder } from '#infra/client-folder';
import { listLibrary } from '#infra/library/library';

interface Resource {
  Type: string;
  // biome-ignore lint/suspicious/noExplicitAny: templates are JSON of many shapes
  Properties: any;
  DeletionPolicy?: string;
  UpdateReplacePolicy?: string;
}

const stacks = ['data', 'edge', 'app', 'routes', 'watch', 'journeys'];
const resourcesIn = (assembly: CloudAssembly, stack: string): Record<string, Resource> =>
  JSON.parse(readFileSync(join(assembly.directory, `wayleaf-acme-${stack}.template.json`), 'utf8')).Resources;
const synth = (root: string): CloudAssembly => createApp(root, { checks: false }).synth();

const root = mkdtempSync(join(tmpdir(), 'wayleaf-stable-'));
const journeys = join(root, 'acme/journeys');
let before: CloudAssembly;
beforeAll(() => {
  cpSync(join(clientsFolder, 'acme'), join(root, 'acme'), { recursive: true });
  before = synth(root);
}, 180_000);
afterAll(() => rmSync(root, { recursive: true, force: true }));

describe('logical ids', () => {
  const file = join(import.meta.dirname, 'logical-ids.json');
  const known: Record<string, Record<string, string>> = existsSync(file)
    ? JSON.parse(readFileSync(file, 'utf8'))
    : {};

  /**
   * What would be lost, or could not be made again while the old one is there: what is retained, and what
   * has a name of our own. To give one up on purpose, take its line out of logical-ids.json.
   */
  const guarded = (stack: string): Record<string, string> =>
    Object.fromEntries(
      Object.entries(resourcesIn(before, stack))
        .filter(([, resource]) => resource.DeletionPolicy === 'Retain' || nameOf(resource) !== undefined)
        .map(([id, resource]) => [id, `${resource.Type} ${nameOf(resource) ?? ''}`.trim()]),
    );

  test.each(stacks)(
    'of %s are those that may already be deployed: none changed, none disappeared',
    (stack) => {
      const now = guarded(stack);
      expect(Object.keys(now).length).toBeGreaterThanOrEqual(stack === 'routes' ? 0 : 2);
      const lost = Object.entries(known[stack] ?? {}).filter(([id, what]) => now[id] !== what);
      expect(lost, 'deployments would replace or delete these').toEqual([]);
    },
  );

  test('of what is kept are all written down in logical-ids.json; WAYLEAF_UPDATE=ids does it', () => {
    const now = Object.fromEntries(stacks.map((stack) => [stack, { ...known[stack], ...guarded(stack) }]));
    if (process.env.WAYLEAF_UPDATE === 'ids') writeFileSync(file, `${JSON.stringify(now, null, 2)}\n`);
    const written = process.env.WAYLEAF_UPDATE === 'ids' ? now : known;
    for (const stack of ['data', 'edge'])
      expect(Object.keys(guarded(stack)).filter((id) => !written[stack]?.[id])).toEqual([]);
  });
});

const nameOf = ({ Properties = {} }: Resource): string | undefined =>
  [
    ...['TableName', 'FunctionName', 'TopicName', 'RoleName', 'LogGroupName', 'StateMachineName'],
    ...['AlarmName', 'Name', 'EmailIdentity', 'AliasName', 'DashboardName'],
  ]
    .map((member) => Properties[member])
    .find((value) => typeof value === 'string');

describe('a journey file that goes, or gets another name', () => {
  let after: CloudAssembly;
  beforeAll(() => {
    rmSync(join(journeys, 'increase-engagement.journey.json'));
    const [old, renamed] = ['demo-follow-up', 'demo-chase'].map((id) => join(journeys, `${id}.journey.json`));
    const text = readFileSync(old!, 'utf8').replace('"demo-follow-up"', '"demo-chase"');
    renameSync(old!, renamed!);
    writeFileSync(renamed!, text);
    after = synth(root);
  }, 180_000);

  test('leaves its machine and versions where they are: the template that made them says retain', () => {
    const [old, now] = [before, after].map((assembly) => resourcesIn(assembly, 'journeys'));
    const gone = Object.entries(old!).filter(([id]) => !(id in now!));
    expect(gone.map(([id]) => id)).toEqual(
      expect.arrayContaining(['DemoFollowUpMachine', 'DemoFollowUpVersion', 'IncreaseEngagementMachine']),
    );
    for (const [id, { DeletionPolicy, UpdateReplacePolicy }] of gone)
      expect([id, DeletionPolicy, UpdateReplacePolicy]).toEqual([id, 'Retain', 'Retain']);
  });

  test('keeps the role and the function that their runs still call, with the same names', () => {
    for (const [stack, type] of [
      ['journeys', 'AWS::IAM::Role'],
      ['app', 'AWS::Lambda::Function'],
    ] as const) {
      const of = (assembly: CloudAssembly) =>
        Object.entries(resourcesIn(assembly, stack))
          .filter(([, { Type }]) => Type === type)
          .map(([id, resource]) => [id, nameOf(resource)]);
      expect(of(after)).toEqual(of(before));
    }
  });

  test('makes a machine of its own under the new name', () => {
    expect(resourcesIn(after, 'journeys').DemoChaseMachine?.Properties.StateMachineName).toBe(
      'wayleaf-acme-demo-chase_folder',
    );
  });
});

test('a changed journey keeps its machine, and gets another version beside the old one', () => {
  const text = readFileSync(join(clientsFolder, 'acme/journeys/demo-follow-up.journey.json'), 'utf8');
  writeFileSync(join(journeys, 'demo-follow-up.journey.json'), text.replace('"2 days"', '"3 days"'));
  const [old, now] = [before, synth(root)].map((assembly) => resourcesIn(assembly, 'journeys'));
  const [was, is] = [old, now].map((resources) => resources!.DemoFollowUpMachine!.Properties);
  expect(is.StateMachineName).toBe(was.StateMachineName);
  expect(is.DefinitionS3Location.Key).not.toBe(was.DefinitionS3Location.Key);
  expect(now!.DemoFollowUpVersion).toMatchObject({
    UpdateReplacePolicy: 'Retain',
    Properties: {
      StateMachineRevisionId: { 'Fn::GetAtt': ['DemoFollowUpMachine', 'StateMachineRevisionId'] },
    },
  });
}, 180_000);

test('fifty journeys stay within what CloudFormation takes', () => {
  const texts = [
    readFileSync(join(clientsFolder, 'acme/journeys/demo-follow-up.journey.json'), 'utf8'),
    ...listLibrary().map(({ name }) =>
      readFileSync(join(clientsFolder, '../library', name, 'journey.json'), 'utf8'),
    ),
  ];
  for (let i = 1; i <= 50; i++) {
    const id = `journey-${i}`;
    const text = texts[i % texts.length]!.replace(/"id": *"[^"]+"/, `"id": "${id}"`);
    writeFileSync(join(journeys, `${id}.journey.json`), text);
  }
  const started = performance.now();
  const assembly = synth(root);
  console.info(`fifty journeys synthesised in ${((performance.now() - started) / 1000).toFixed(1)} s`);
  for (const stack of stacks) {
    const file = join(assembly.directory, `wayleaf-acme-${stack}.template.json`);
    expect(statSync(file).size, `${stack} in bytes`).toBeLessThan(1_000_000);
    expect(Object.keys(resourcesIn(assembly, stack)).length, `resources of ${stack}`).toBeLessThan(450);
    const { Outputs = {} } = JSON.parse(readFileSync(file, 'utf8'));
    expect(Object.keys(Outputs).length, `outputs of ${stack}`).toBeLessThan(200);
  }
  const made = Object.values(resourcesIn(assembly, 'journeys'));
  expect(
    made.filter(({ Type }) => Type === 'AWS::StepFunctions::StateMachine').length,
  ).toBeGreaterThanOrEqual(50);
}, 180_000);

test('the synthesis warns of nothing, and no price on the dashboard is written with an exponent', () => {
  expect(before.stacks.flatMap(({ messages }) => messages.map(({ entry }) => entry.data))).toEqual([]);
  const bodies = Object.values(resourcesIn(before, 'watch')).flatMap(
    ({ Properties }) => Properties?.DashboardBody ?? [],
  );
  expect(bodies).not.toEqual([]);
  expect(JSON.stringify(bodies)).not.toMatch(/\d[eE][-+]?\d/);
});
