import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { createWorld, type World } from './world.ts';

const folders: string[] = [];
const worlds: World[] = [];
afterEach(async () => {
  for (const world of worlds.splice(0)) await world.close();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

const newFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'wayleaf-deploy-'));
  folders.push(folder);
  return folder;
};
const open = async (data: string, client: string): Promise<World> => {
  const world = await createWorld({
    data,
    client,
    clock: 'virtual',
    start: Date.parse('2026-03-02T09:00:00Z'),
  });
  worlds.push(world);
  return world;
};
const restart = async (world: World, data: string, client: string): Promise<World> => {
  await world.close();
  worlds.splice(worlds.indexOf(world), 1);
  return open(data, client);
};
const request = async (world: World, name: string): Promise<void> => {
  const body = { email: `${name}@example.com`, companySize: 5, consent: 'yes' };
  await world.http({ method: 'POST', path: '/v1/forms/demo-request', body });
  await world.drain();
};

test('a changed folder is a new version: new runs start on it, runs under way finish on theirs', async () => {
  const [data, client] = [newFolder(), join(newFolder(), 'acme')];
  cpSync(join(import.meta.dirname, '../clients/acme'), client, { recursive: true });
  let world = await open(data, client);
  await request(world, 'ada');

  world = await restart(world, data, client);
  await request(world, 'bob');
  const file = join(client, 'journeys/demo-follow-up.journey.json');
  const journey = JSON.parse(readFileSync(file, 'utf8'));
  journey.steps = journey.steps.slice(0, 2);
  writeFileSync(file, JSON.stringify(journey));

  world = await restart(world, data, client);
  await request(world, 'cem');
  const versions = world.executions().map(({ version, status }) => [version?.split(':').at(-1), status]);
  expect(versions).toEqual([
    ['1', 'RUNNING'],
    ['1', 'RUNNING'],
    ['2', 'SUCCEEDED'],
  ]);
});

test('a folder whose journey is wrong is refused with every issue, and its data is left alone', async () => {
  const [data, client] = [newFolder(), join(newFolder(), 'acme')];
  cpSync(join(import.meta.dirname, '../clients/acme'), client, { recursive: true });
  const file = join(client, 'journeys/demo-follow-up.journey.json');
  writeFileSync(file, readFileSync(file, 'utf8').replace('"waitFor"', '"waitForEver"'));
  await expect(open(data, client)).rejects.toThrow(
    /demo-follow-up\.journey\.json cannot be deployed:\n\d+:\d+ /,
  );
  const world = await open(data, join(import.meta.dirname, '../clients/acme'));
  await request(world, 'ada');
  expect(world.executions()).toHaveLength(1);
});
