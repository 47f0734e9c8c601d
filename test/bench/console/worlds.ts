import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type Child, startChild } from '../../support/child.ts';
import { openClient } from '../open-client.ts';

const wayleaf = join(import.meta.dirname, '../../../infra/cli/wayleaf.ts');
const filler = join(import.meta.dirname, 'fill-process.ts');

/** A world as people start it, with so many contacts in it. */
export interface Opened {
  contacts: number;
  process: Child;
  token: string;
  data: string;
  client: string;
  /** Of a page, with the id of somebody who is there in place of `{id}`. */
  address(path: string): string;
  put(path: string, body: object): Promise<void>;
}

/** @returns the client's folder */
const clientWithSegment = (folder: string): string => {
  const client = openClient(folder);
  const segment = { name: 'Large companies', if: { contact: 'companySize', atLeast: 50 } };
  writeFileSync(join(client, 'segments/large.json'), JSON.stringify(segment));
  return client;
};

const fill = (args: readonly string[], tell: (done: number) => void): Promise<void> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--max-semi-space-size=64', filler, ...args], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line.startsWith('{"done"')) tell((JSON.parse(line) as { done: number }).done);
    });
    child.once('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`${filler} ended with ${code}`)),
    );
  });

export interface Order {
  folder: string;
  contacts: number;
  tell(done: number): void;
}

/** Filled by its own import, closed, and started as `npm start` does it. */
export const openWorld = async ({ folder, contacts, tell }: Order): Promise<Opened> => {
  const data = join(folder, `contacts-${contacts}`);
  const client = clientWithSegment(join(folder, `client-${contacts}`));
  await fill([data, client, String(contacts)], tell);
  const child = await startChild(wayleaf, [
    ...['start', '--port', '0', '--clock', 'real', '--client', client, '--data', data],
  ]);
  const token = readFileSync(join(data, 'admin-token'), 'utf8').trim();
  const headers = { authorization: `Bearer ${token}` };
  const first = (await (await fetch(`${child.url}/v1/contacts?limit=1`, { headers })).json()) as {
    contacts: { id: string }[];
  };
  return {
    ...{ contacts, process: child, token, data, client },
    address: (path) => child.url + path.replace('{id}', first.contacts[0]!.id),
    async put(path, body) {
      const asked = { method: 'PUT', headers, body: JSON.stringify(body) };
      const { ok, status } = await fetch(child.url + path, asked);
      if (!ok) throw new Error(`PUT ${path} ${status}`);
    },
  };
};
