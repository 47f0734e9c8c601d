import { expect, test } from 'vitest';
import { axeFaults } from '../axe.ts';
import { call, identify, track } from './people-given.ts';
import type { ConsoleStage } from './stage.ts';

const patient = {
  ...{ wayleaf: 1, id: 'patient', name: 'A mail tomorrow', enter: { on: [{ event: 'Waited' }] } },
  sending: { class: 'transactional' },
  steps: [
    { id: 'day', type: 'wait', for: '1 day' },
    { id: 'hello', type: 'email', template: 'thank-you' },
  ],
};

export const erasing = (at: () => ConsoleStage): void => {
  test('who is erased is in no list, found by nothing, and gets no mail that was still to come', async () => {
    const { world, url } = at();
    await call(world, 'PUT', '/v1/journeys/patient', patient);
    await call(world, 'POST', '/v1/journeys/patient/publish');
    for (const userId of ['emmy', 'alan']) {
      await identify(world, userId, { email: `${userId}@example.com`, firstName: userId });
      await track(world, userId, 'Waited');
    }
    await world.drain();
    const { json } = await call(world, 'GET', '/v1/contacts?userId=emmy');
    const page = await at().signedIn('/contacts');
    await page.getByRole('link', { name: 'emmy' }).waitFor();
    await page.getByLabel('Find a contact').fill('emmy@example.com');
    await page.getByRole('button', { name: 'Find', exact: true }).click();
    await page.getByRole('heading', { name: 'emmy', level: 1 }).waitFor();
    await page.locator('.timeline-entry[data-kind="run"]', { hasText: 'patient' }).waitFor();

    await page.getByRole('button', { name: 'Erase' }).click();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect((await call(world, 'GET', `/v1/contacts/${json.id}`)).status).toBe(200);
    await page.getByRole('button', { name: 'Erase' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Erase' }).click();
    await page.getByText('The contact is erased').waitFor();
    await page.getByRole('link', { name: 'alan' }).waitFor();
    expect(await page.getByRole('link', { name: 'emmy' }).count()).toBe(0);
    await page.getByLabel('Find a contact').fill('emmy@example.com');
    await page.getByRole('button', { name: 'Find', exact: true }).click();
    await page.getByText('Nobody is known by that').waitFor();

    await page.goto(`${url}/contacts/${json.id}`);
    await page.getByRole('heading', { name: 'There is nothing here' }).waitFor();
    expect(await page.locator('.timeline-entry').count()).toBe(0);
    expect(await axeFaults(page)).toEqual([]);
    await page.goto(`${url}/audit`);
    await page
      .getByRole('row', { name: new RegExp(`${json.id}`) })
      .first()
      .waitFor();
    expect(await page.content()).not.toContain('emmy');

    await world.advance('2 days');
    const written = (await world.outbox()).map(({ to }) => to);
    expect(written).toContain('alan@example.com');
    expect(written).not.toContain('emmy@example.com');
  }, 40_000);
};
