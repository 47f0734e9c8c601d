import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { demoPage } from '#infra/cli/demo/page';
import type { World } from '#infra/local/world';
import { lookAtPage } from './looking.ts';
import { oneLine } from './take.ts';
import { planted } from './xss.ts';

interface Elsewhere {
  shows: string;
  /** A page that the world serves, or what a page of ours would be made of. */
  url?: string;
  body?: string;
  type?: string;
  texts: readonly string[];
}

const linkIn = (text: string, path: string): string =>
  new RegExp(`https?://\\S+/${path}/[\\w.~-]+`).exec(text)?.[0] ?? '';

const text = async (world: World, path: string): Promise<string> =>
  (await world.http({ path, headers: { authorization: `Bearer ${world.adminToken}` } })).text;

/** The page of the demo, made of nothing else. */
const demo = (svg: string): string => {
  const report = { entered: 1, converted: 1, leaves: planted.map((id) => ({ id, count: 1 })) };
  const at = '2026-03-01T09:00:00.000Z';
  const of = <T>(make: (words: string) => T): T[] => planted.map(make);
  return demoPage({
    journeys: of((name) => ({ name, svg: '', report })).concat({ name: 'x', svg, report }),
    people: of((name) => ({ name, came: name, entries: [{ at, kind: name, text: name }] })),
    messages: of((subject) => ({
      ...{
        entry: { at, channel: 'email', to: subject, subject, html: subject, text: subject },
        file: 'x.html',
      },
    })),
    summary: { header: [...planted], rows: [[...planted]] },
    cost: { header: [...planted], rows: [[...planted]] },
  } as never);
};

const readerPages = async (world: World): Promise<Elsewhere[]> => {
  const outbox = await world.outbox();
  const mail =
    outbox.find(({ to, subject }) => to === 'mallory@example.com' && subject === oneLine[0])?.text ?? '';
  const asked = outbox
    .filter(({ channel }) => channel === 'team')
    .map(({ text: words = '' }) => linkIn(words, 't'));
  await world.http({
    ...{ method: 'POST', path: '/v1/forms/double' },
    body: { email: 'double@example.com', consent: 'yes' },
  });
  await world.drain();
  const confirming = (await world.outbox()).find(({ to }) => to === 'double@example.com')?.text ?? '';
  return [
    { shows: 'topics, on the page of preferences', url: linkIn(mail, 'p'), texts: oneLine },
    { shows: 'whose it is, on the way out', url: linkIn(mail, 'u'), texts: [] },
    {
      shows: 'words of the consent, on the page that confirms',
      url: linkIn(confirming, 'confirm'),
      texts: oneLine.slice(0, 20),
    },
    { shows: 'the task of a colleague', url: asked[0]!, texts: [] },
  ];
};

const pictures = async (world: World): Promise<Elsewhere[]> => {
  const picture = await text(world, '/v1/journeys/many/versions/1/picture.svg');
  const plot = await text(world, '/v1/journeys/many/report?format=svg');
  const type = 'image/svg+xml';
  return [
    { shows: 'a journey as a picture', body: picture, type, texts: [] },
    { shows: 'a plot of a report', body: plot, type, texts: [] },
    { shows: 'the same within the page of the demo', body: demo(picture), type: 'text/html', texts: planted },
  ];
};

/** What is shown to others than the console's users. */
export const lookElsewhere = async (page: Page, world: World, base: string): Promise<void> => {
  for (const { shows, url, body, type = '', texts } of [
    ...(await readerPages(world)),
    ...(await pictures(world)),
  ]) {
    const at = url ?? `${base}/planted`;
    expect([shows, at.startsWith('http')]).toEqual([shows, true]);
    await page.route(`${base}/planted`, (route) =>
      route.fulfill({ body: body ?? '', contentType: `${type}; charset=utf-8` }),
    );
    const answer = await page.goto(at);
    expect([shows, answer?.status()]).toEqual([shows, 200]);
    await lookAtPage(page, shows, texts);
    await page.unroute(`${base}/planted`);
  }
};
