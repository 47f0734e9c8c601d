import { test } from 'vitest';
import { openConsole } from './console/stage.ts';
import { liveJudged } from '../scenarios/reports/judged.ts';
test('look', async () => {
  const stage = await openConsole({ clock: 'virtual' });
  await liveJudged(stage.world, async () => {
    const page = await stage.signedIn('/journeys/judged');
    await page.getByRole('heading', { name: 'All figures' }).waitFor();
    await page.getByRole('button', { name: 'How soon answers came' }).click();
    await page.locator('.react-flow__node-card').filter({ hasText: 'reply' }).first().click().catch(() => {});
    await page.waitForTimeout(500);
    await page.screenshot({ path: '/tmp/wl/ev-j.png', fullPage: true });
    await page.goto(`${stage.url}/`);
    await page.getByRole('heading', { name: 'All figures' }).waitFor();
    await page.getByRole('button', { name: 'Templates' }).click();
    await page.waitForTimeout(800);
    await page.screenshot({ path: '/tmp/wl/ev-o.png', fullPage: true });
  });
  await stage.close();
}, 200_000);
