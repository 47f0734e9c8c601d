import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readClientFolder } from '#infra/client-folder';
import { readClientSettings } from '#infra/client-settings';
import { AwsError } from '#infra/local/aws-error';
import { backUp } from '#infra/local/backup/backup';
import { restore } from '#infra/local/backup/restore';
import { createWorld, type World, type WorldOptions } from '#infra/local/world';
import { openAudience } from '#test/builders/audience-world';

const folder = mkdtempSync(join(tmpdir(), 'wayleaf-cold-click-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const settings = readClientFolder('acme').client as Record<string, unknown>;
const client = { ...readClientFolder('acme'), journeys: {}, segments: {} };
const journey = {
  id: 'one',
  enter: { on: [{ event: 'Signed Up' }] },
  steps: [{ id: 'hello', type: 'email', template: 'free-trial' }],
};

/** A world in which somebody got a mail before the keys were rotated, and somebody else after. */
const twoMails = async (data: string): Promise<string[]> => {
  const lived = await openAudience({ data, clock: 'virtual' });
  await lived.publish(journey);
  for (const name of ['ada', 'bob']) {
    await lived.identify(name);
    await lived.track(name, 'Signed Up');
    await lived.advance('2 hours');
    if (name === 'ada') await lived.insist('POST', '/v1/keys/rotate', {});
    await lived.advance('2 hours');
  }
  const mails = await lived.world.outbox();
  await lived.world.close();
  return mails.map(({ html }) => /href="[^"]+(\/c\/[^"]+)"/.exec(html ?? '')?.[1] ?? 'no link');
};

/** Every function starts anew, and the redirect's finds DynamoDB away. */
const openWithoutStore = (data: string): Promise<World> => {
  const away = new AwsError('InternalServerError', 'DynamoDB is away', {}, 500);
  const intercept: WorldOptions['intercept'] = ({ service, caller }, next) =>
    service === 'dynamodb' && caller === 'track-click' ? Promise.reject(away) : next();
  return createWorld({ data, client, clock: 'virtual', seam: 'wire', logLevel: 'silent', intercept });
};

const follow = async (world: World, path: string, method = 'GET') => {
  const { status, headers } = await world.http({ method, path });
  return { status, location: headers.location };
};

const leadsOn = async (data: string, links: readonly string[]): Promise<void> => {
  const world = await openWithoutStore(data);
  try {
    for (const link of links)
      for (const method of ['GET', 'HEAD'])
        expect(await follow(world, link, method)).toEqual({
          status: 302,
          location: expect.stringMatching(/^https:\/\/www\.acme\.example\//),
        });
    const flipped = links[0]!.replace(/.$/, (last) => (last === 'A' ? 'Q' : 'A'));
    expect(await follow(world, flipped)).toEqual({ status: 404, location: undefined });
  } finally {
    await world.close();
  }
};

test('a link leads on though the redirect starts while DynamoDB is away: after a start, a rotation and a restore', async () => {
  const [data, backup, restored] = ['data', 'backup', 'restored'].map((name) => join(folder, name));
  const links = await twoMails(data!);
  expect(links.map((link) => link.slice(0, 6))).toEqual(['/c/k1.', '/c/k2.']);
  await leadsOn(data!, links);
  backUp(data!, backup!);
  const openWorld = (at: string) => createWorld({ data: at, client, clock: 'virtual' });
  await restore({ backup: backup!, data: restored!, client: readClientSettings(settings), openWorld });
  await leadsOn(restored!, links);
}, 60_000);
