import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { axeFaults } from '../axe.ts';
import { call, identify } from './people-given.ts';
import type { ConsoleStage } from './stage.ts';

/** Three contacts, two of them pros. */
export const fill = async ({ world }: ConsoleStage): Promise<void> => {
  for (const name of ['ada', 'bob', 'cem'])
    await identify(world, name, { plan: name === 'bob' ? 'free' : 'pro' });
};

/** A segment is typed: what may stand there is offered, and how many it selects is told, once a pause and not at each letter. */
export const size = async (stage: ConsoleStage): Promise<void> => {
  const page = await stage.signedIn('/segments/new');
  const asked: string[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('/v1/segments/estimate')) asked.push(request.postData() ?? '');
  });
  const figure = page.locator('.card', { hasText: 'Size by what is typed' }).locator('.figure-value');
  await page.getByText('0 contacts').waitFor();
  const editor = page.getByRole('textbox', { name: 'Segment' });
  await editor.click();
  await page.keyboard.press('Control+A');
  await page.keyboard.press('Delete');
  await page.getByText('The size comes as soon as').waitFor();
  await page.keyboard.type('{"name": "Pros", "if": {"con');
  await page.keyboard.press('Control+Space');
  await page.getByRole('option', { name: 'contact' }).first().waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+A');
  asked.length = 0;
  await page.evaluate(
    (text) => navigator.clipboard.writeText(text),
    '{ "name": "Pros", "if": { "contact": "plan", "is": "pr" } }',
  );
  await page.keyboard.press('Control+V');
  for (let i = 0; i < 5; i++) await page.keyboard.press('ArrowLeft');
  await page.keyboard.type('o', { delay: 30 });
  await expect.poll(() => figure.textContent()).toBe('2 contacts');
  expect(asked.length).toBeLessThanOrEqual(2);
  expect(await axeFaults(page)).toEqual([]);
  asked.length = 0;
  await page.goto(`${stage.url}/segments/dormant`);
  await page.getByText('its members below are counted').waitFor();
  await page.getByRole('heading', { name: 'Members' }).waitFor();
  expect(asked).toEqual([]);
};

/** All contacts as one file; a yes from elsewhere, with its words. */
export const keep = async (stage: ConsoleStage): Promise<void> => {
  const page = await stage.signedIn('/contacts');
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'All as CSV' }).click(),
  ]);
  const lines = readFileSync(await file.path(), 'utf8')
    .trim()
    .split('\r\n');
  expect([file.suggestedFilename(), lines.length]).toEqual(['contacts.csv', 4]);
  const { json } = await call(stage.world, 'GET', '/v1/contacts?userId=ada');
  await page.goto(`${stage.url}/contacts/${json.id}/consent`);
  await page.getByRole('button', { name: 'Record a yes' }).click();
  await page.getByRole('button', { name: 'Record it' }).click();
  expect(await page.getByText('A yes without it proves nothing.').count()).toBe(2);
  await page.getByLabel('The words it agreed to').fill('You may write to me.');
  await page.getByLabel('Where it was said').fill('on the phone');
  expect(await axeFaults(page)).toEqual([]);
  await page.getByRole('button', { name: 'Record it' }).click();
  await expect.poll(() => page.getByRole('cell', { name: 'api, on the phone' }).count()).toBe(2);
  await page.getByRole('cell', { name: 'You may write to me.' }).waitFor();
};
