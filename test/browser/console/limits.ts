import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { settled } from './going.ts';
import { batch, call, identify } from './people-given.ts';
import { takeRenders, watchRenders } from './renders.ts';
import type { ConsoleStage } from './stage.ts';

/** 300 steps: decisions one after the other, with mails in their branches. */
const large = (id: string) => {
  const mail = (name: string) => ({ id: name, type: 'email', template: 'thank-you' });
  const ask = (i: number) => ({
    ...{ id: `ask-${i}`, type: 'decide', question: `Question ${i}?` },
    branches: [{ answer: 'Yes', if: { tag: `t${i}` }, steps: [mail(`yes-${i}`), mail(`more-${i}`)] }],
    otherwise: { answer: 'No', steps: [mail(`no-${i}`)] },
  });
  const steps = Array.from({ length: 75 }, (_, i) => ask(i));
  return {
    wayleaf: 1,
    id,
    name: 'Large',
    enter: { on: [{ event: 'Large' }], if: { consent: 'email' } },
    steps,
  };
};

/** Processor time of the page's first thread: what else the machine does is not in it. */
const watchWork = async (page: Page): Promise<() => Promise<number>> => {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  return async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return 1000 * metrics.find(({ name }) => name === 'TaskDuration')!.value;
  };
};

/** Lines of a table without its header, as texts. */
const linesOf = (page: Page, table: string): Promise<string[]> =>
  page.getByRole('region', { name: table, exact: true }).locator('tbody tr').allTextContents();

export const limits = (at: () => ConsoleStage): void => {
  const put = async (path: string, body: object): Promise<number> => {
    const headers = { authorization: `Bearer ${at().world.adminToken}` };
    return (await at().world.http({ method: 'PUT', path, headers, body })).status;
  };

  test('the first page takes less than 250 KB of script, gzipped, few questions and little work', async () => {
    const page = await at().signedIn();
    await page.waitForLoadState('networkidle');
    const scripts: Promise<number>[] = [];
    const asked: string[] = [];
    page.on('request', (request) => {
      const { pathname } = new URL(request.url());
      if (pathname.startsWith('/v1/')) asked.push(pathname);
    });
    page.on('response', (response) => {
      if (response.url().endsWith('.js')) scripts.push(response.body().then((body) => gzipSync(body).length));
    });
    const workMs = await watchWork(page);
    const before = await workMs();
    await page.reload();
    await page.locator('.kpi').first().waitFor();
    // The second itself is on the clock of `npm run bench -- console`; this is what it is made of, on any machine.
    expect((await workMs()) - before).toBeLessThan(500);
    expect(asked[0]).toBe('/v1/me');
    expect(asked).toEqual([...new Set(asked)]);
    expect(asked.length).toBeLessThan(6);
    const bytes = await Promise.all(scripts);
    expect(bytes.length).toBeGreaterThan(1);
    expect(bytes.reduce((sum, one) => sum + one, 0)).toBeLessThan(250 * 1024);
  });

  test('while a journey of 300 steps is panned, only what is in sight is drawn, and none of it again', async () => {
    expect(await put('/v1/journeys/large', large('large'))).toBe(200);
    const page = await at().signedIn();
    await watchRenders(page);
    await page.goto(`${at().url}/journeys/large`);
    await page.locator('.react-flow__node-card').first().waitFor();
    await settled(page);
    expect(await page.locator('.react-flow__node').count()).toBeLessThan(160);
    const plane = (await page.locator('.react-flow__pane').boundingBox())!;
    await page.mouse.move(plane.x + 200, plane.y + 200);
    expect((await takeRenders(page)).commits).toBeGreaterThan(0);
    for (let i = 0; i < 20; i++) await page.mouse.wheel(0, 120);
    await page
      .locator('.react-flow__node-card', { hasText: /Question [2-9]\?/ })
      .first()
      .waitFor();
    await page.getByText('Question 0?').waitFor({ state: 'detached' });
    expect(await page.locator('.react-flow__node').count()).toBeLessThan(160);
    // Of frames in time only the bench can tell; a piece that is left alone costs none of them.
    expect((await takeRenders(page)).piecesAgain).toBe(0);
  });

  test('of a list longer than a page the next one is brought, and the one before; the keys stay where they are', async () => {
    const { world, url } = at();
    const rows = Array.from({ length: 120 }, (_, i) => `listed-${i}@example.com`);
    const imported = await world.http({
      ...{ method: 'POST', path: '/v1/contacts/import', body: ['email', ...rows].join('\n') },
      headers: { authorization: `Bearer ${world.adminToken}`, 'content-type': 'text/csv' },
    });
    expect(imported.status).toBe(202);
    const { json } = await call(world, 'GET', '/v1/contacts?limit=60');
    // Each look at somebody stands in the audit.
    for (const { id } of json.contacts as { id: string }[]) await call(world, 'GET', `/v1/contacts/${id}`);
    const page = await at().signedIn();
    for (const [path, table, name] of [
      ['/contacts', 'Contacts', /listed-\d+/],
      ['/audit', 'Audit', /contacts\/\w+/],
    ] as const) {
      const listed = async () => (await linesOf(page, table)).flatMap((line) => line.match(name) ?? []);
      await page.goto(url + path);
      await expect.poll(() => linesOf(page, table)).toHaveLength(50);
      const first = await listed();
      const next = page.getByRole('button', { name: 'Next' });
      await next.focus();
      await page.keyboard.press('Enter');
      await expect.poll(async () => (await listed())[0]).not.toBe(first[0]);
      expect((await linesOf(page, table)).length).toBeLessThanOrEqual(50);
      expect((await listed()).filter((one) => first.includes(one))).toEqual([]);
      await page.getByText('Page 2').waitFor();
      expect(await next.evaluate((button) => button === document.activeElement)).toBe(true);
      const previous = page.getByRole('button', { name: 'Previous' });
      await previous.focus();
      await page.keyboard.press('Enter');
      await expect.poll(listed).toContain(first[0]);
      // It leads nowhere now, and has the focus all the same.
      await page.getByText('Page 1').waitFor();
      expect(await previous.evaluate((button) => button === document.activeElement)).toBe(true);
    }
  }, 60_000);

  test('of somebody who did much, the newest is shown, and what was before on another page', async () => {
    const { world } = at();
    await identify(world, 'busy', { email: 'busy@example.com' });
    for (const part of [0, 1, 2]) {
      const calls = Array.from({ length: 75 }, (_, i) => ({
        ...{ type: 'track', userId: 'busy', event: 'Looked', messageId: `looked-${part}-${i}` },
      }));
      expect((await batch(world, calls)).status).toBe(200);
    }
    const { json } = await call(world, 'GET', '/v1/contacts?email=busy@example.com');
    const page = await at().signedIn(`/contacts/${json.id}`);
    const entries = page.locator('.timeline-entry');
    await expect.poll(() => entries.count()).toBe(200);
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByText('Page 2').waitFor();
    const { json: all } = await call(world, 'GET', `/v1/contacts/${json.id}/timeline`);
    expect(await entries.count()).toBe((all.entries as unknown[]).length - 200);
  }, 30_000);
};
