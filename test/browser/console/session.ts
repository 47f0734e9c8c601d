import { expect, test } from 'vitest';
import { axeFaults } from '../axe.ts';
import { type ConsoleStage, signIn } from './stage.ts';

export const session = (at: () => ConsoleStage): void => {
  test('a token is asked for first; a wrong one is told, a right one opens the overview', async () => {
    const page = await at().tab();
    await page.goto(at().url);
    await page.getByRole('button', { name: 'Sign in' }).click();
    expect(await page.getByRole('alert').textContent()).toBe('Paste a token first.');
    await page.getByLabel('Token', { exact: true }).fill('nobody');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.getByRole('alert').textContent()).toContain('not known');
    expect(await axeFaults(page)).toEqual([]);
    await page.getByLabel('Token', { exact: true }).fill(` ${at().world.adminToken}\n`);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor();
    expect(await axeFaults(page)).toEqual([]);
  });

  test('the token stays in the tab: not in the address, not for other tabs, gone after signing out', async () => {
    const { world, tab, url } = at();
    const page = await tab();
    await signIn(page, url, world.adminToken);
    expect(page.url()).not.toContain(world.adminToken);
    await page.reload();
    await page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor();
    const kept = await page.evaluate(() => [JSON.stringify(localStorage), document.cookie]);
    expect(kept.join()).not.toContain(world.adminToken);
    const other = await page.context().newPage();
    await other.goto(url);
    await other.getByLabel('Token', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByLabel('Token', { exact: true }).waitFor();
    expect(await page.evaluate(() => sessionStorage.length)).toBe(0);
  });

  test('the policy lets nothing in but the console itself', async () => {
    const page = await at().signedIn();
    const policy = (await page.goto(at().url))?.headers()['content-security-policy'] ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('unsafe');
    const ran = await page.evaluate(async () => {
      const script = document.createElement('script');
      try {
        script.textContent = 'window.ran = true';
        document.body.append(script);
      } catch {}
      return 'ran' in window;
    });
    expect(ran).toBe(false);
    at().complaints.splice(0);
  });

  test('an unknown address says so; what only an API may answer stays a problem', async () => {
    const page = await at().signedIn('/nowhere');
    await page.getByRole('heading', { name: 'There is no such page' }).waitFor();
    expect(await axeFaults(page)).toEqual([]);
    const { status, headers } = await at().world.http({
      path: '/v1/nowhere',
      headers: { accept: 'text/html' },
    });
    expect([status, headers['content-type']]).toEqual([404, 'application/problem+json']);
    expect((await at().world.http({ path: '/assets/../../../package.json' })).status).toBe(404);
    expect((await at().world.http({ path: '/%2e%2e/%2e%2e/package.json' })).status).toBe(404);
  });

  test('a line that is down is said, and the way on stands beside it', async () => {
    const page = await at().signedIn('/', { alone: true });
    await page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor();
    await page.context().setOffline(true);
    await page.getByText('You are offline').waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await page.context().setOffline(false);
    await page.getByText('You are offline').waitFor({ state: 'detached' });
  });

  test('narrow and dark, the pages are behind a button, and axe finds nothing there either', async () => {
    const page = await at().signedIn('/', { viewport: { width: 390, height: 800 }, colorScheme: 'dark' });
    await page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Menu' }).click();
    await page.getByRole('link', { name: 'Overview' }).waitFor();
    expect(await axeFaults(page)).toEqual([]);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
  });
};
