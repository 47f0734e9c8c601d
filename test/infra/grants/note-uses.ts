import { readClientFolder } from '#infra/client-folder';
import { readClientSettings } from '#infra/client-settings';
import { localSettings } from '#infra/local/contexts';
import type { Intercept } from '#infra/local/services';
import { manifest } from '#infra/manifest';
import { type Use, usesOf } from './uses.ts';

export const settings = localSettings(
  readClientSettings(readClientFolder('acme').client),
  'https://example.com',
);
export const records: ReadonlyMap<string, (typeof manifest)[number]['record']> = new Map(
  manifest.map(({ record }) => [record.name, record]),
);

/** For a world of the sample client: which grants its functions use. */
export const noteUses = () => {
  const uses = new Map<string, Use>();
  const intercept: Intercept = ({ service, operation, input, caller = '' }, next) => {
    const record = records.get(caller);
    for (const use of record ? usesOf(record, settings, [service, operation, input]) : [])
      uses.set(use.key, use);
    return next();
  };
  return { uses, intercept };
};
