import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { clientsFolder } from '#infra/client-folder';

const endless = { atMost: 1_000_000_000, per: '1 minute' };

/** The sample client, whose limits let one caller post as a thousand would. @returns its folder */
export const openClient = (into: string): string => {
  const folder = join(into, 'acme');
  cpSync(join(clientsFolder, 'acme'), folder, { recursive: true });
  const file = join(folder, 'client.json');
  const client = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
  const limits = { address: endless, forms: endless, events: endless, origin: endless, key: endless };
  writeFileSync(file, JSON.stringify({ ...client, limits }));
  return folder;
};
