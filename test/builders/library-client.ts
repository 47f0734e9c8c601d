import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addNeeds } from '#infra/cli/client-needs';
import { readClientFolder } from '#infra/client-folder';
import { copiesOf } from '#infra/library/library';

/** A client with nothing but what every client has, in a zone that no expectation names. */
const plain = {
  name: 'shop',
  account: '111122223333',
  region: 'us-east-1',
  sender: { domain: 'mail.shop.example', address: 'hello@mail.shop.example', name: 'Shop' },
  postalAddress: 'Shop Inc., 1 Main Street, Springfield',
  brand: { name: 'Shop' },
  links: {},
  timezone: 'Asia/Tokyo',
  channels: { email: { tracking: true }, sms: {} },
  writeKeys: ['wk_shop'],
  alarm: 'ops@shop.example',
};

/** A folder with one such client, into which these ready journeys were copied as `wayleaf new` does. */
export const clientWith = (names: readonly string[]) => {
  const root = mkdtempSync(join(tmpdir(), 'wayleaf-library-'));
  const folder = join(root, plain.name);
  mkdirSync(folder);
  writeFileSync(join(folder, 'client.json'), JSON.stringify(plain));
  for (const name of names) {
    for (const { from, to } of copiesOf(name, folder)) cpSync(from, to);
    addNeeds(name, folder);
  }
  const fileOf = (name: string, what = 'journey'): string => join(folder, 'journeys', `${name}.${what}.json`);
  return {
    place: { name: plain.name, root },
    folder: readClientFolder(plain.name, root),
    fileOf,
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
};
