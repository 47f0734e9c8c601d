import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { axeFaults } from '../axe.ts';
import { addToken } from './add-token.ts';
import { call, enterAda } from './people-given.ts';
import type { ConsoleStage } from './stage.ts';

const replaceText = async (page: Page, name: string, text: string): Promise<void> => {
  await page.getByRole('textbox', { name }).click();
  await page.keyboard.press('Control+A');
  await page.evaluate((written) => navigator.clipboard.writeText(written), text);
  await page.keyboard.press('Control+V');
};

export const making = (at: () => ConsoleStage): void => {
  test('a template is seen as a contact sees it, wide, narrow and as text, and saved without its issues', async () => {
    const { world } = at();
    await enterAda(world);
    const page = await at().signedIn('/templates');
    await page.getByRole('link', { name: 'Thank you', exact: true }).waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await page.goto(`${at().url}/templates/thank-you`);
    const frame = page.frameLocator('iframe[title="The mail"]');
    await frame.getByText('Hi Sam').waitFor();
    await page.getByLabel('As seen by').fill('ada@example.com');
    await frame.getByText('Hi Ada').waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Narrow' }).click();
    expect((await page.locator('iframe').boundingBox())!.width).toBeLessThan(400);
    await page
      .getByRole('group', { name: 'Width' })
      .getByRole('button', { name: 'Plain text', exact: true })
      .click();
    await page.locator('.stage pre').getByText('Hi Ada').waitFor();

    await page
      .getByRole('region', { name: 'Template' })
      .getByRole('button', { name: 'MJML', exact: true })
      .click();
    await replaceText(page, 'Template', '<mj-text>{{ contact.firstNme </mj-text>');
    await page.getByText('/mjml').first().waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await replaceText(page, 'Template', '<mj-text>Good day, {{ contact.firstName }}.</mj-text>');
    await page.getByRole('button', { name: 'Wide' }).click();
    await frame.getByText('Good day, Ada.').waitFor();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('“thank-you” is saved.').waitFor();
    expect(JSON.stringify((await call(world, 'GET', '/v1/templates/thank-you')).json)).toContain('Good day');
  }, 60_000);

  test('a segment is made of an example, and tells who is in it', async () => {
    const { world } = at();
    await enterAda(world);
    const page = await at().signedIn('/segments/new');
    await page.getByLabel('Id').fill('demos');
    await page.getByRole('button', { name: 'Has the tag “demo”' }).click();
    expect(await axeFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { name: 'demos', level: 1 }).waitFor();
    // Who is changed is looked at at once; the others by and by.
    const { json } = await call(world, 'GET', '/v1/contacts?email=ada@example.com');
    await call(world, 'PATCH', `/v1/contacts/${json.id}`, { addTags: ['seen'] });
    await page.reload();
    await page.getByRole('link', { name: 'Ada Lovelace' }).waitFor({ timeout: 20_000 });
    expect(await axeFaults(page)).toEqual([]);
    await page.goto(`${at().url}/segments`);
    await page.getByRole('link', { name: 'Has the tag “demo”' }).waitFor();
    expect(await axeFaults(page)).toEqual([]);
  }, 60_000);

  test('a form is tried live: what is wrong is told, what is right makes a contact', async () => {
    const { world, url } = at();
    const page = await at().signedIn('/forms');
    await page.getByRole('link', { name: 'Demo request' }).waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await page.goto(`${url}/forms/demo-request`);
    await page.getByText('<form method="post"').waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await page.getByLabel('Work e-mail').fill('no address');
    await page.getByRole('button', { name: 'Post it' }).click();
    await page.getByText('/email').waitFor();
    await page.getByLabel('Work e-mail').fill('joan@example.com');
    await page.getByRole('button', { name: 'Post it' }).click();
    await page.getByText('It was taken').waitFor();
    expect((await call(world, 'GET', '/v1/contacts?email=joan@example.com')).status).toBe(200);
  }, 40_000);

  test('an author may write templates, and neither segments nor forms', async () => {
    const token = await addToken(at().world, 'author');
    const page = await at().signedIn('/segments/dormant', { token });
    const save = page.getByRole('button', { name: 'Save' });
    await save.waitFor();
    expect(await save.getAttribute('title')).toContain('publisher');
    await page.goto(`${at().url}/templates/self-serve`);
    await page.getByRole('button', { name: 'Send a test' }).waitFor();
    expect(await save.getAttribute('title')).toBeNull();
  }, 30_000);
};
