import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { axeFaults } from '../axe.ts';
import { addToken } from './add-token.ts';
import { askingJourney, call, enterAda, identify, track } from './people-given.ts';
import type { ConsoleStage } from './stage.ts';

const find = async (page: Page, who: string): Promise<void> => {
  await page.getByLabel('Find a contact').fill(who);
  await page.getByRole('button', { name: 'Find', exact: true }).click();
};

export const people = (at: () => ConsoleStage): void => {
  test('a contact is found, looked through, changed against a lost edit, and erased', async () => {
    const { world } = at();
    await enterAda(world);
    const page = await at().signedIn('/contacts');
    await page.getByRole('link', { name: 'Ada Lovelace' }).waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await find(page, 'nobody@example.com');
    await page.getByText('Nobody is known by that').waitFor();
    await find(page, 'ADA@example.com');
    await page.getByRole('heading', { name: 'Ada Lovelace', level: 1 }).waitFor();
    expect(page.url()).not.toContain('@');
    await page.getByText('Form demo-request sent').waitFor();
    expect(await axeFaults(page)).toEqual([]);

    await page.getByRole('button', { name: 'Messages' }).click();
    await page.getByRole('link', { name: 'See the message' }).first().click();
    const frame = page.frameLocator('iframe[title="The message"]');
    await frame.getByText('Hi Ada').waitFor();
    expect(await axeFaults(page)).toEqual([]);

    await page.getByRole('link', { name: 'Data' }).click();
    await page.getByLabel('company', { exact: true }).fill('Analytical Engines');
    const id = page.url().split('/').at(-2)!;
    await call(world, 'PATCH', `/v1/contacts/${id}`, { addTags: ['meanwhile'] });
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Somebody changed this contact').waitFor();
    await page.getByRole('button', { name: 'Load theirs' }).click();
    await page.getByText('Somebody changed this contact').waitFor({ state: 'detached' });
    await page.getByLabel('company', { exact: true }).fill('Analytical Engines');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved. Journeys').waitFor();
    expect((await call(world, 'GET', `/v1/contacts/${id}`)).json).toMatchObject({
      fields: { company: 'Analytical Engines' },
      tags: expect.arrayContaining(['meanwhile']),
    });
    expect(await axeFaults(page)).toEqual([]);

    await page.getByRole('link', { name: 'Consent' }).click();
    await page.getByRole('button', { name: 'Take back email' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Take back email' }).click();
    await page.getByText('It is in the ledger').waitFor();
    expect(await axeFaults(page)).toEqual([]);

    await page.getByRole('button', { name: 'Erase' }).click();
    await page.getByText('Every journey this contact is in ends now').waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await page.getByRole('dialog').getByRole('button', { name: 'Erase' }).click();
    await page.getByText('The contact is erased').waitFor();
    expect((await call(world, 'GET', `/v1/contacts/${id}`)).status).toBe(404);
  }, 60_000);

  test('a file is imported: progress, what each column became, and the result of each row', async () => {
    const page = await at().signedIn('/contacts/import');
    const rows = ['email;firstName;companySize', 'grace@example.com;Grace;1.234', 'no address;Bob;40'];
    await page.getByLabel('File', { exact: true }).setInputFiles({
      ...{ name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from(`${rows.join('\n')}\n`) },
    });
    await page.getByLabel('Tag for everybody').fill('fair');
    await page.getByLabel('Numbers such as 1.234 are').selectOption({ label: 'a thousand and more: 1234' });
    expect(await axeFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    await page.getByText('Done', { exact: true }).waitFor();
    const progress = page.getByRole('progressbar', { name: 'Progress' });
    expect(await progress.evaluate((bar: HTMLProgressElement) => [bar.value, bar.max])).toEqual([2, 2]);
    const results = page.getByRole('region', { name: 'Result of each row' }).getByRole('row');
    await expect.poll(() => results.allTextContents()).toHaveLength(3);
    expect((await results.allTextContents()).join()).toMatch(/2new.*3invalid-email/);
    const { json } = await call(at().world, 'GET', '/v1/contacts?email=grace@example.com');
    expect(json.fields).toMatchObject({ companySize: 1_234 });
    expect(await axeFaults(page)).toEqual([]);
  }, 30_000);

  test('a colleague answers a task, and the journey goes on; it waits no more', async () => {
    const { world, url } = at();
    await call(world, 'PUT', '/v1/journeys/asking', askingJourney);
    await call(world, 'POST', '/v1/journeys/asking/publish');
    await identify(world, 'grace', { email: 'grace.h@example.com', firstName: 'Grace', lastName: 'Hopper' });
    await track(world, 'grace', 'Asked For A Call');
    const token = await addToken(world, 'author');
    const page = await at().signedIn('/', { token });
    await page.goto(`${url}/tasks`);
    await page.getByRole('heading', { name: 'Call Grace' }).waitFor({ timeout: 20_000 });
    expect(await axeFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'reached' }).click();
    expect(await axeFaults(page)).toEqual([]);
    await page.getByRole('dialog').getByRole('button', { name: 'Answer' }).click();
    await page.getByText('Nothing waits').waitFor();
    expect(await axeFaults(page)).toEqual([]);
  }, 40_000);

  test('a viewer sees nobody: neither the pages nor what is behind their addresses, and is told why', async () => {
    const page = await at().signedIn('/', { token: await addToken(at().world, 'viewer') });
    await page.getByRole('link', { name: 'Journeys' }).waitFor();
    for (const name of ['Contacts', 'Tasks', 'Audit', 'Quarantine'])
      expect(await page.getByRole('link', { name, exact: true }).count()).toBe(0);
    await page.goto(`${at().url}/contacts`);
    await page.getByRole('heading', { name: 'Your role does not allow this' }).waitFor();
    await page.getByText('this takes the role author').waitFor();
    expect(await axeFaults(page)).toEqual([]);
  });
};
