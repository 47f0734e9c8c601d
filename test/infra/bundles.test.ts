import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { environmentOf } from '#aws/context';
import { bundleFunction } from '#infra/aws/bundle';
import { manifest } from '#infra/manifest';
import { namesOf } from '#infra/names';

const names = namesOf('acme');
const environment = environmentOf({
  client: 'acme',
  account: '111122223333',
  mainTable: names.mainTable,
  catalogueTable: names.catalogueTable,
  runStepFunction: names.function('run-step'),
  machinePrefix: names.machinePrefix,
  machineRoleArn: `arn:aws:iam::111122223333:role/${names.machineRole}`,
  baseUrl: 'https://example.com',
  sesConfigurationSet: names.configurationSet,
  teamTopicPrefix: `arn:aws:sns:eu-central-1:111122223333:${names.teamPrefix}`,
});

test('every bundle loads by itself, away from the sources, and gives Lambda a handler', () => {
  const files = manifest.map(({ record }) => pathToFileURL(join(bundleFunction(record), 'index.mjs')).href);
  const script = `for (const file of ${JSON.stringify(files)}) console.log(typeof (await import(file)).handler)`;
  const printed = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
    env: { ...environment, AWS_REGION: 'eu-central-1' },
    cwd: '/',
    encoding: 'utf8',
  });
  expect(printed.trim().split('\n')).toEqual(manifest.map(() => 'function'));
}, 120_000);
