import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readClientFolder } from '#infra/client-folder';
import type { WorldOptions } from '#infra/local/world';
import { type AudienceWorld, audienceWorlds, openAudience } from '#test/builders/audience-world';

const folder = readClientFolder('acme');
const score = { rules: { reader: { on: { message: 'clicked' }, add: 10 } } };
/** A client that scores clicks. */
const client = { ...folder, client: { ...(folder.client as object), score }, journeys: {}, segments: {} };
const browser = {
  'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
  'accept-language': 'de',
};
const pages = ['a', 'b', 'c'].map((page) => `https://www.acme.example/${page}`);

const openWorlds = audienceWorlds();

/** Somebody has a mail with three links, and the run waits for a click. */
const open = async (options: WorldOptions = {}, opens = openWorlds) => {
  const world = await opens({ client, ...options });
  await world.insist('PUT', '/v1/templates/three-links', {
    channel: 'email',
    subject: 'Three',
    html: `<p>${pages.map((page) => `<a href="${page}">${page}</a>`).join(' ')} <a href="{{ links.unsubscribe }}">out</a> {{ brand.postalAddress }}</p>`,
  });
  await world.publish({
    id: 'asks',
    enter: { on: [{ event: 'Signed Up' }] },
    steps: [
      { id: 'mail', type: 'email', template: 'three-links' },
      {
        ...{ id: 'reaction', type: 'waitFor', atMost: '2 days' },
        branches: [
          {
            answer: 'Clicked',
            on: { message: 'mail', was: 'clicked' },
            steps: [{ id: 'yes', type: 'update', addTags: ['clicked'] }],
          },
        ],
        otherwise: { steps: [{ id: 'no', type: 'update', addTags: ['silent'] }] },
      },
    ],
  });
  await world.identify('ada');
  await world.track('ada', 'Signed Up');
  await world.drain();
  return world;
};

const linksOf = async (world: AudienceWorld): Promise<string[]> => {
  const [mail] = await world.mails('ada');
  return [...(mail?.html ?? '').matchAll(/href="[^"]+(\/c\/[^"]+)"/g)].map(([, path]) => path!);
};
const follow = async (world: AudienceWorld, path: string): Promise<void> => {
  const answer = await world.world.http({ path, headers: browser });
  expect(answer.status).toBe(302);
  await world.drain();
};
const known = async (world: AudienceWorld) => {
  const { tags, score: points } = await world.contact('ada');
  return { tags, score: points };
};
const clicks = async (world: AudienceWorld) =>
  (await world.timeline('ada')).filter(({ text }) => /click/i.test(text)).map(({ text }) => text);

describe('a scanner that fetches every link under the name of a browser', () => {
  test('moves no branch and no score, not by its first link either', async () => {
    const world = await open();
    const links = await linksOf(world);
    expect(links).toHaveLength(3);
    for (const link of links) {
      await follow(world, link);
      await world.advance('1 second');
    }
    await world.advance('1 hour');
    expect(await known(world)).toEqual({ tags: [], score: 0 });
    expect(await clicks(world)).toHaveLength(3);
    await world.advance('2 days');
    expect((await known(world)).tags).toEqual(['silent']);
  });

  test('does not hide the person who clicks afterwards', async () => {
    const world = await open();
    const links = await linksOf(world);
    for (const link of links) await follow(world, link);
    await world.advance('1 minute');
    await follow(world, links[1]!);
    await world.advance('10 seconds');
    expect(await known(world)).toEqual({ tags: ['clicked'], score: 10 });
  });
});

describe('a click of a person', () => {
  test('moves its branch and its score within ten seconds, and is told with the time at which it was made', async () => {
    const world = await open();
    const [link] = await linksOf(world);
    await follow(world, link!);
    expect(await known(world)).toEqual({ tags: [], score: 0 });
    await world.advance('10 seconds');
    expect(await known(world)).toEqual({ tags: ['clicked'], score: 10 });
  });

  test('counts also when the machine that would wait with it cannot be started', async () => {
    const world = await open({
      intercept: async ({ operation, input }, next) => {
        if (operation === 'StartExecution' && JSON.stringify(input).includes('_clicks'))
          throw new Error('Step Functions is away');
        return next();
      },
    });
    const [link] = await linksOf(world);
    await follow(world, link!);
    await world.advance('10 minutes');
    expect(await known(world)).toEqual({ tags: ['clicked'], score: 10 });
  });

  test('outlives the end of the process while it waits', async () => {
    const data = mkdtempSync(join(tmpdir(), 'wayleaf-'));
    const before = await open({ data, clock: 'virtual' }, openAudience);
    const [link] = await linksOf(before);
    await follow(before, link!);
    await before.close();
    const world = await openWorlds({ client, data, clock: 'virtual' });
    await world.advance('10 seconds');
    expect(await known(world)).toEqual({ tags: ['clicked'], score: 10 });
  });

  test('counts also in the last seconds of the wait for it', async () => {
    const world = await open();
    const [link] = await linksOf(world);
    await world.advance(2 * 86_400_000 - 3_000);
    await follow(world, link!);
    await world.advance('1 hour');
    expect(await known(world)).toEqual({ tags: ['clicked'], score: 10 });
  });
});
