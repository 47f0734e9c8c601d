import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clientsFolder } from '#infra/client-folder';

const aDomain = (region: string) => ({
  name: 'go.acme.example',
  certificate: `arn:aws:acm:${region}:777788889999:certificate/12345678-1234-1234-1234-123456789012`,
});

/** Three clients that differ in what may differ, each in a Region of its own. */
export const threeClients: Readonly<Record<string, object>> = {
  acme: {},
  second: { account: '444455556666', region: 'us-east-1', deployment: { domain: aDomain('us-east-1') } },
  third: {
    account: '777788889999',
    region: 'ap-southeast-2',
    limits: { proxies: 1 },
    deployment: {
      ...{ domain: aDomain('us-east-1'), cloudFront: {}, key: 'customer', budget: { monthlyDollars: 200 } },
      ...{ permissionsBoundary: 'arn:aws:iam::777788889999:policy/edge', tags: { 'cost-center': '42' } },
    },
  },
};

/** @returns a folder of clients, which the caller removes; each is the sample client with other settings */
export const makeClients = (clients: Readonly<Record<string, object>>): string => {
  const root = mkdtempSync(join(tmpdir(), 'wayleaf-clients-'));
  for (const [name, settings] of Object.entries(clients)) {
    cpSync(join(clientsFolder, 'acme'), join(root, name), { recursive: true });
    const file = join(root, name, 'client.json');
    writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), ...settings, name }));
  }
  return root;
};
