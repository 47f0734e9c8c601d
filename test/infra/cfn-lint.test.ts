import { execFileSync, spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createApp } from '#infra/app';
import { makeClients, threeClients } from '#test/builders/three-clients';

/** AWS's resource schemas and more, in Python: `pip install cfn-lint`. Named by CFN_LINT where it is not on the PATH. */
const program = process.env.CFN_LINT ?? 'cfn-lint';
const version = ((): string | undefined => {
  try {
    return execFileSync(program, ['--version'], { encoding: 'utf8', stdio: 'pipe' }).trim();
  } catch {
    return undefined;
  }
})();
/** Older ones do not know that a dashboard has tags. */
const isRecent = ([, major, minor]: readonly string[]): boolean => Number(major) > 1 || Number(minor) >= 58;
const found = /(\d+)\.(\d+)/.exec(version ?? '');
const missing = `cfn-lint 1.58 or later is not installed (pip install cfn-lint; found: ${version ?? 'none'}): this further check was left out`;
const mayRun = found !== null && isRecent(found);
if (!mayRun) console.warn(missing);

// A role that is depended on twice is how the CDK writes it, and costs nothing.
const beside = ['--ignore-checks', 'W3005', '--format', 'parseable', '--'];

const { third } = threeClients;
const everyOption = {
  ...third,
  deployment: { ...(third as { deployment: object }).deployment, tracing: true },
  eventsOut: { on: true, s3: { keep: '730 days' } },
};

test.skipIf(!mayRun)(
  mayRun ? `templates with every option pass ${version}` : missing,
  () => {
    const root = makeClients({ third: everyOption });
    try {
      const { stacks } = createApp(root, { checks: false }).synth();
      const templates = stacks.map(({ templateFullPath }) => templateFullPath);
      const { stdout } = spawnSync(program, [...beside, ...templates], { encoding: 'utf8' });
      expect(stdout).toBe('');
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  },
  180_000,
);
