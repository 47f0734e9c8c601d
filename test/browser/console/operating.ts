import { expect, test } from 'vitest';
import { parkCall } from '#store/parked';
import { axeFaults } from '../axe.ts';
import { call } from './people-given.ts';
import type { ConsoleStage } from './stage.ts';

export const operating = (at: () => ConsoleStage): void => {
  test('a token is made, shown once, used, rotated and revoked; the audit tells all of it', async () => {
    const { world, url } = at();
    const page = await at().signedIn('/settings');
    await page.getByText('Mara from Acme').waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await page.getByRole('link', { name: 'Tokens' }).click();
    await page.getByRole('button', { name: 'New token' }).click();
    await page.getByLabel('Name').fill('console of Ada');
    await page.getByLabel('Role').selectOption('publisher');
    expect(await axeFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Make it' }).click();
    const secret = (await page.locator('.secret').textContent()) ?? '';
    expect(await axeFaults(page)).toEqual([]);
    const me = await world.http({ path: '/v1/me', headers: { authorization: `Bearer ${secret}` } });
    expect(me.json()).toMatchObject({ name: 'console of Ada', role: 'publisher' });
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
    expect(await page.content()).not.toContain(secret);

    const row = page.getByRole('row', { name: /console of Ada/ });
    await row.getByRole('button', { name: 'Rotate' }).click();
    await page.getByLabel('Others may have the old one').check();
    await page.getByRole('dialog').getByRole('button', { name: 'Rotate' }).click();
    await page.locator('.secret').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
    const old = { path: '/v1/me', headers: { authorization: `Bearer ${secret}` } };
    expect((await world.http(old)).status).toBe(401);
    await row.getByRole('button', { name: 'Revoke' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
    await page.getByText('console of Ada is revoked').waitFor();

    await page.goto(`${url}/audit`);
    await page.getByText('asked for tokens/rotate').first().waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await page.getByLabel('About what').fill('nothing/like-that');
    await page.getByText('Nothing was done').waitFor();
  }, 40_000);

  test('what is set aside is looked at and dropped', async () => {
    const { world } = at();
    await parkCall(world.store, {
      ...{ id: 'call-1', at: new Date().toISOString(), function: 'take-feedback', reason: 'TypeError' },
      payload: JSON.stringify({ Records: [{ body: '<b>bounce</b>' }] }),
    });
    const page = await at().signedIn('/quarantine');
    await page.getByText('Call of take-feedback').waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Look' }).click();
    await page.getByText('<b>bounce</b>').waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Close' }).click();
    await page.getByRole('button', { name: 'Drop' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Drop' }).click();
    await page.getByText('Nothing is set aside').waitFor();
    expect((await call(world, 'GET', '/v1/quarantine')).json).toMatchObject({ entries: [] });
  }, 30_000);
};
