import { appendFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, vi } from 'vitest';
import type { Services } from '#infra/local/wire/model';
import { type Recorded, recording } from './used.ts';

const root = join(import.meta.dirname, '../../..');

/** Runs before every test file of `WAYLEAF_UPDATE=grants`: who uses a grant is written down with the test that made it. */
vi.mock('#infra/local/wire/grants', async (original) => {
  const real = await original<typeof import('#infra/local/wire/grants')>();
  const { usesOf } = await import('./uses.ts');
  const { manifest } = await import('#infra/manifest');
  const seen = new Set<string>();
  const restrict: typeof real.restrict = (services, record, settings) => {
    const restricted = real.restrict(services, record, settings);
    // What a test does by itself is nobody's use, whatever name it goes by.
    if (!manifest.some((entry) => entry.record === record)) return restricted;
    const watched = (service: keyof Services): Services[keyof Services] => {
      return (operation, input, options) => {
        for (const { key, call } of usesOf(record, settings, [service, operation, input]))
          if (!seen.has(key)) note({ key, call, ...where() });
        return restricted[service](operation, input, options);
      };
    };
    return {
      dynamodb: watched('dynamodb'),
      secretsmanager: watched('secretsmanager'),
      sfn: watched('sfn'),
      ses: watched('ses'),
      sns: watched('sns'),
    };
  };
  const note = (recorded: Recorded): void => {
    seen.add(recorded.key);
    appendFileSync(recording, `${JSON.stringify(recorded)}\n`);
  };
  return { ...real, restrict };
});

const where = (): Pick<Recorded, 'file' | 'test'> => {
  const { testPath = '', currentTestName = '' } = expect.getState();
  return { file: relative(root, testPath), test: currentTestName.split(' > ').at(-1) ?? '' };
};
