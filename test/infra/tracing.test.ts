import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { afterAll, expect, test } from 'vitest';
import { environmentOf } from '#aws/context';
import { record } from '#functions/ingest/serve-snippet/record';
import { bundleFunction } from '#infra/aws/bundle';
import { settingsOf } from '#infra/aws/settings';
import { WayleafFunction } from '#infra/aws/wayleaf-function';
import { clientsFolder } from '#infra/client-folder';
import { clientSchema } from '#model/client';

const acme = JSON.parse(readFileSync(join(clientsFolder, 'acme/client.json'), 'utf8'));
const away = mkdtempSync(join(tmpdir(), 'wayleaf-bundle-'));
afterAll(() => rmSync(away, { recursive: true, force: true }));

const deployed = (tracing: boolean) => {
  const client = clientSchema.parse({ ...acme, deployment: { tracing } });
  const env = { account: client.account, region: client.region };
  const stack = new Stack(
    new App({ analyticsReporting: false, builtinCloudFormationValidation: false }),
    'stack',
    { env },
  );
  const environment = environmentOf(settingsOf(stack, client, 'https://acme.example'));
  new WayleafFunction(stack, 'Function', { client, record, environment });
  return { environment, template: Template.fromStack(stack) };
};

test('who wants traces gets them within the role, and nobody else has a right more', () => {
  const [plain, traced] = [deployed(false).template, deployed(true).template];
  plain.resourcePropertiesCountIs('AWS::Lambda::Function', { TracingConfig: {} }, 0);
  traced.hasResourceProperties('AWS::Lambda::Function', { TracingConfig: { Mode: 'Active' } });
  const [rights, more] = [plain, traced].map((of) => JSON.stringify(of.findResources('AWS::IAM::Role')));
  expect(rights).not.toContain('xray:');
  expect(more).toContain('"xray:PutTraceSegments","xray:PutTelemetryRecords"');
  traced.resourceCountIs('AWS::IAM::Policy', 0);
}, 240_000);

test('the bundle that traces loads away from the sources, and the other carries no tracer', () => {
  cpSync(bundleFunction(record, 'trace'), away, { recursive: true });
  const script = `console.log(typeof (await import('${pathToFileURL(join(away, 'index.mjs'))}')).handler)`;
  const env = { ...deployed(true).environment, AWS_REGION: 'eu-central-1' };
  const given = { env, cwd: '/', encoding: 'utf8' as const };
  expect(execFileSync(process.execPath, ['--input-type=module', '-e', script], given).trim()).toBe(
    'function',
  );
  const textOf = (folder: string) => readFileSync(join(folder, 'index.mjs'), 'utf8');
  expect(textOf(away)).toContain('X-Amzn-Trace-Id');
  expect(textOf(bundleFunction(record))).not.toContain('XRaySDKInstrumentation');
}, 240_000);
