import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FunctionContext, LambdaHandler } from '#aws/function-context';
import { addressOfLink } from '#channels/links';
import { createHandler as createSweep } from '#functions/journeys/sweep/handler';
import { record as sweepRecord } from '#functions/journeys/sweep/record';
import { copyLinkKeys } from '#store/catalogue/copy-keys';
import { rotateLinkKeys } from '#store/catalogue/rotate-keys';
import { saveToken } from '#store/catalogue/tokens';
import { readStoredKeys } from '#store/secrets';
import { aGatewayEvent } from '#test/builders/http-request';
import { createReaderWorld, type ReaderWorld } from '#test/builders/reader-world';
import { createHandler as createRotate } from './rotate-keys/handler.ts';
import { record as rotateRecord } from './rotate-keys/record.ts';
import { createHandler as createClick } from './track-click/handler.ts';
import { record as clickRecord } from './track-click/record.ts';

const click = { record: clickRecord, createHandler: createClick };
const destination = 'https://www.acme.example/demo/book';
const authorization = 'Bearer second-home-token';
const leaked = { leaked: true, oldForMs: 60 * 86_400_000 };

let world: ReaderWorld;
let rotation: LambdaHandler;
beforeEach(async () => {
  world = await createReaderWorld();
  await saveToken(world.store, 'second-home-token', 'test');
  rotation = createRotate(world.context(rotateRecord));
});
afterEach(() => world.close());

const ask = async (method: string, path: string, body?: object) => {
  const given = { method, path, headers: { authorization, 'content-type': 'application/json' } };
  const event = aGatewayEvent({ ...given, ...(body && { body: JSON.stringify(body) }) });
  const answer = (await rotation(event)) as { statusCode: number; body: string };
  return { status: answer.statusCode, ...(JSON.parse(answer.body) as { copied?: boolean }) };
};
const rotate = (body?: object) => ask('POST', '/v1/keys/rotate', body);
const sweep = () => createSweep(world.context(sweepRecord))({ source: 'schedule' });
const linkNow = async (): Promise<string> => {
  const { links } = await world.store.keys(0);
  const facts = { sendId: world.sendId, channel: 'email', madeAt: world.store.clock.now(), url: destination };
  return addressOfLink(links, 'https://t.acme.example', 'click', facts);
};
/** By a function that starts while the store is away. */
const followCold = async (link: string): Promise<number> => {
  world.restart();
  world.breakStore();
  const { statusCode } = await world.ask(click, link);
  world.healStore();
  return statusCode;
};

describe('the second home of the link keys', () => {
  it('has the new key as soon as it is there, and the old ones as long as they hold', async () => {
    const old = await linkNow();
    expect(await rotate({ oldFor: '60 days' })).toMatchObject({ status: 200, copied: true });
    await world.pass(3_600);
    const young = await linkNow();
    expect(young).toContain('/c/k2.');
    expect([await followCold(old), await followCold(young)]).toEqual([302, 302]);
    await world.pass(60 * 86_400);
    expect([await followCold(old), await followCold(young)]).toEqual([404, 302]);
  });

  it('away at a rotation takes nothing from it: all is said, and the sweep brings it', async () => {
    const old = await linkNow();
    world.breakSecondHome();
    expect(await rotate()).toMatchObject({ status: 200, copied: false });
    expect(world.logs.join()).toContain('link-keys-not-copied');
    expect(await sweep()).toMatchObject({ keys: 0 });
    expect(await ask('GET', '/v1/keys')).toMatchObject({ copied: false });
    world.healSecondHome();
    expect(await followCold(old)).toBe(302);
    expect(await sweep()).toMatchObject({ keys: 1 });
    expect(await ask('GET', '/v1/keys')).toMatchObject({ copied: true });
    expect(await sweep()).toMatchObject({ keys: 0 });
    await world.pass(3_600);
    expect([await followCold(old), await followCold(await linkNow())]).toEqual([302, 302]);
  });

  it('knows of a leak: whoever has a leaked key sends nobody anywhere, also while the store is away', async () => {
    const old = await linkNow();
    await rotate({ leaked: true });
    expect([await followCold(old), await followCold(await linkNow())]).toEqual([404, 302]);
  });

  it('ends with the newest keys when they are rotated while they are brought there', async () => {
    const context = world.context(sweepRecord);
    const { secretsmanager } = context.aws;
    const send = secretsmanager.send.bind(secretsmanager) as (command: object) => Promise<object>;
    let puts = 0;
    const overtaken = async (command: object) => {
      if (++puts === 1) {
        await rotateLinkKeys(world.store, leaked);
        await copyLinkKeys(world.store, world.context(rotateRecord));
      }
      return send(command);
    };
    const aws = { ...context.aws, secretsmanager: { send: overtaken } } as unknown as FunctionContext['aws'];
    await copyLinkKeys(world.store, { ...context, aws }, true);
    expect(puts).toBe(2);
    expect(await followCold(await linkNow())).toBe(302);
  });

  it('has nothing but what links need, and no log has any of it', async () => {
    await rotate();
    const { aws, settings } = world.context(clickRecord);
    const { SecretString = '' } = await aws.secretsmanager.send(
      new GetSecretValueCommand({ SecretId: settings.linkKeysSecret }),
    );
    const { signing, hashing } = await readStoredKeys(world.store.catalogue);
    const texts = Object.values(signing).map((bytes) => Buffer.from(bytes).toString('base64'));
    expect(Object.keys(JSON.parse(SecretString))).toEqual(['current', 'times', 'signing']);
    for (const text of texts) expect(SecretString).toContain(text);
    for (const text of [...texts, Buffer.from(hashing).toString('base64')])
      expect(world.logs.join()).not.toContain(text);
    expect(SecretString).not.toContain(Buffer.from(hashing).toString('base64'));
  });
});
