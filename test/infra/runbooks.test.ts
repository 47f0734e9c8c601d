import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { problemCodes } from '#functions/operations/watching/status';
import { WatchStack } from '#infra/aws/watch-stack';
import { readClientFolder } from '#infra/client-folder';
import { readClientSettings } from '#infra/client-settings';
import { manifest } from '#infra/manifest';

const root = join(import.meta.dirname, '../..');
const client = readClientSettings(readClientFolder('acme').client);
const records = manifest.map(({ record }) => record);
const stack = new WatchStack(new App(), 'watch', {
  ...{ client, records, env: { account: client.account, region: client.region } },
});
const template = Template.fromStack(stack);
const alarms = Object.values(template.findResources('AWS::CloudWatch::Alarm')).map(
  ({ Properties }) => Properties as { AlarmName: string; AlarmDescription: string },
);

const sections = ['What you see', 'Why', 'What to do', 'How to know it is over'];
const isWhole = (page: string): boolean => {
  if (page === '' || !existsSync(join(root, page))) return false;
  const text = readFileSync(join(root, page), 'utf8');
  return sections.every((section) => new RegExp(`^## ${section}\n\n\\S`, 'm').test(text));
};

describe('the stack that watches', () => {
  test('names a whole runbook page in every alarm', () => {
    expect(alarms.length).toBeGreaterThan(50);
    const lacking = alarms.filter(({ AlarmDescription }) => {
      const [, page = ''] = / Runbook: (infra\/aws\/runbooks\/[a-z-]+\.md)$/.exec(AlarmDescription) ?? [];
      return !isWhole(page);
    });
    expect(lacking).toEqual([]);
  });

  test('names no alarm twice', () => {
    expect(new Set(alarms.map(({ AlarmName }) => AlarmName)).size).toBe(alarms.length);
  });

  test('has a page for every problem that the status tells', () => {
    expect(problemCodes.filter((code) => !isWhole(`infra/aws/runbooks/${code}.md`))).toEqual([]);
  });

  test('shows leads, runs, messages, rates, waits, lag and cost on one dashboard', () => {
    const [dashboard] = Object.values(template.findResources('AWS::CloudWatch::Dashboard'));
    const body = JSON.stringify(dashboard);
    for (const name of ['Leads', 'RunsStarted', 'RunsActive', 'IteratorAge', 'Estimated cost a day'])
      expect(body).toContain(name);
    for (const outcome of ['Sent', 'Skipped', 'Failed', 'Indeterminate'])
      expect(body).toContain(`Sends${outcome}`);
    for (const rate of ['Bounce', 'Complaint']) expect(body).toContain(`Reputation.${rate}Rate`);
    for (const waits of ['Event', 'Claim']) expect(body).toContain(`Oldest${waits}Seconds`);
  });
});
