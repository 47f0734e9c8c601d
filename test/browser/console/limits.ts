import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { ConsoleStage } from './stage.ts';
import { planted } from './xss.ts';

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

const frames = (page: Page): Promise<number[]> =>
  page.evaluate(
    () =>
      new Promise((resolve) => {
        const times: number[] = [];
        const tick = (now: number): void => {
          times.push(now);
          if (times.length < 60) requestAnimationFrame(tick);
          else resolve(times.slice(1).map((time, i) => time - times[i]!));
        };
        requestAnimationFrame(tick);
      }),
  );

export const limits = (at: () => ConsoleStage): void => {
  const put = async (path: string, body: object): Promise<number> => {
    const headers = { authorization: `Bearer ${at().world.adminToken}` };
    return (await at().world.http({ method: 'PUT', path, headers, body })).status;
  };

  test('the first page loads less than 250 KB of script, gzipped, and is there within a second or so', async () => {
    const page = await at().signedIn();
    const scripts: Promise<number>[] = [];
    page.on('response', (response) => {
      if (response.url().endsWith('.js')) scripts.push(response.body().then((body) => gzipSync(body).length));
    });
    const start = performance.now();
    await page.reload();
    await page.getByText('New leads').waitFor();
    // The goal is a second; two processors that do other things as well may take longer.
    expect(performance.now() - start).toBeLessThan(5_000);
    const bytes = await Promise.all(scripts);
    expect(bytes.length).toBeGreaterThan(1);
    expect(bytes.reduce((sum, one) => sum + one, 0)).toBeLessThan(250 * 1024);
  });

  test('a journey of 300 steps is panned, and only what is in sight is drawn', async () => {
    expect(await put('/v1/journeys/large', large('large'))).toBe(200);
    const page = await at().signedIn('/journeys/large');
    await page.locator('.react-flow__node-card').first().waitFor();
    expect(await page.locator('.react-flow__node').count()).toBeLessThan(160);
    const plane = (await page.locator('.react-flow__pane').boundingBox())!;
    await page.mouse.move(plane.x + 200, plane.y + 200);
    const measured = frames(page);
    for (let i = 0; i < 20; i++) await page.mouse.wheel(0, 120);
    const slow = (await measured).toSorted((a, b) => a - b);
    // Half of the frames are quick also on a busy machine without a graphics card.
    expect(slow[Math.floor(slow.length / 2)]).toBeLessThan(50);
    await page
      .locator('.react-flow__node-card', { hasText: /Question [2-9]\?/ })
      .first()
      .waitFor();
    await page.getByText('Question 0?').waitFor({ state: 'detached' });
  });

  test('nothing that others wrote runs, whichever field of a journey it stands in', async () => {
    for (const [i, text] of planted.entries()) {
      const id = `xss-${i}`;
      const steps = [
        {
          ...{ id: 'ask', type: 'decide', name: text.slice(0, 200), question: text },
          branches: [{ answer: text.slice(0, 100), if: { contact: 'company', is: text }, steps: [] }],
          otherwise: {
            answer: 'No',
            steps: [{ id: 'wait', type: 'wait', name: text.slice(0, 200), for: '1 day' }],
          },
        },
      ];
      const enter = { on: [{ event: 'Planted' }] };
      const status = await put(`/v1/journeys/${id}`, {
        wayleaf: 1,
        id,
        name: text.slice(0, 200),
        objective: text,
        enter,
        steps,
      });
      expect([200, 422]).toContain(status);
    }
    const page = await at().signedIn('/journeys');
    const ran: string[] = [];
    page.on('dialog', async (dialog) => {
      ran.push(dialog.message());
      await dialog.dismiss();
    });
    await page.getByRole('searchbox').fill('xss-');
    await page.getByRole('row').nth(10).waitFor();
    for (const i of [0, 7, 14, 21, 28, 35])
      for (const part of ['', '/edit', '/try']) {
        const { status } = await at().world.http({
          path: `/v1/journeys/xss-${i}`,
          headers: { authorization: `Bearer ${at().world.adminToken}` },
        });
        if (status !== 200) continue;
        await page.goto(`${at().url}/journeys/xss-${i}${part}`);
        await page.locator('.react-flow__node-card').first().waitFor();
      }
    expect(ran).toEqual([]);
    expect(await page.evaluate(() => 'planted' in window)).toBe(false);
  }, 90_000);
};
