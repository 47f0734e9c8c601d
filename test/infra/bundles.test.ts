import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { environmentOf } from '#aws/context';
import { record as serveSnippet } from '#functions/ingest/serve-snippet/record';
import { snippet } from '#functions/ingest/serve-snippet/snippet.generated';
import { bundleFunction, bundleFunctions } from '#infra/aws/bundle';
import { keep, readKept } from '#infra/aws/bundle-cache';
import { manifest } from '#infra/manifest';
import { namesOf } from '#infra/names';
import { aGatewayEvent } from '#test/builders/http-request';

const names = namesOf('acme');
const environment = environmentOf({
  client: 'acme',
  account: '111122223333',
  mainTable: names.mainTable,
  catalogueTable: names.catalogueTable,
  auditTable: names.auditTable,
  runStepFunction: names.function('run-step'),
  machinePrefix: names.machinePrefix,
  machineRoleArn: `arn:aws:iam::111122223333:role/${names.machineRole}`,
  clickMachineArn: `arn:aws:states:eu-central-1:111122223333:stateMachine:${names.clickMachine}`,
  linkKeysSecret: names.linkKeysSecret,
  baseUrl: 'https://example.com',
  sesConfigurationSet: names.configurationSet,
  teamTopicPrefix: `arn:aws:sns:eu-central-1:111122223333:${names.teamPrefix}`,
  retentionSeconds: 34_560_000,
  auditRetentionSeconds: 63_072_000,
});

const run = (script: string): string =>
  execFileSync(process.execPath, ['--input-type=module', '-e', script], {
    env: { ...environment, AWS_REGION: 'eu-central-1' },
    cwd: '/',
    encoding: 'utf8',
  });

test('every bundle loads by itself, away from the sources, and gives Lambda a handler', () => {
  const folders = bundleFunctions(manifest.map(({ record }) => record));
  const files = folders.map((folder) => pathToFileURL(join(folder, 'index.mjs')).href);
  const script = `for (const file of ${JSON.stringify(files)}) console.log(typeof (await import(file)).handler)`;
  expect(run(script).trim().split('\n')).toEqual(manifest.map(() => 'function'));
}, 240_000);

test('whoever makes the same bundle later, or at the same time, gets the one that is there whole', () => {
  const folder = mkdtempSync(join(tmpdir(), 'wayleaf-kept-'));
  const file = join(folder, 'one.json');
  const make = (name: string): string => {
    const making = join(folder, name);
    mkdirSync(making);
    writeFileSync(join(making, 'index.mjs'), name);
    return keep(file, making, ['package.json']);
  };
  try {
    const [first, second] = [make('first'), make('second')];
    expect([second, readKept(file)]).toEqual([first, first]);
    expect(readFileSync(join(first, 'index.mjs'), 'utf8')).toBe('first');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('no bundle is so large that it would be slow to begin with', () => {
  const large = manifest.filter(({ record }) => {
    const { size } = statSync(join(bundleFunction(record), 'index.mjs'));
    return size > (compilesMails.has(record.name) || record.holds ? 7_000_000 : 1_600_000);
  });
  expect(large.map(({ record }) => record.name)).toEqual([]);
});
const compilesMails: ReadonlySet<string> = new Set([
  ...['deploy-folder', 'manage-documents', 'preview-template', 'send-test'],
]);

test('the bundle serves the script that one machine serves, byte for byte', () => {
  const file = pathToFileURL(join(bundleFunction(serveSnippet), 'index.mjs')).href;
  const event = JSON.stringify(aGatewayEvent({ method: 'GET', path: '/v1/wayleaf.js' }));
  const script = `const { body } = await (await import(${JSON.stringify(file)})).handler(${event}); process.stdout.write(body)`;
  expect(run(script)).toBe(snippet);
}, 120_000);
