import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { axeFaults } from '../axe.ts';
import type { ConsoleStage } from './stage.ts';

/** A step that does not exist, a template that is none of the client's, and a weight too many. */
const broken = JSON.stringify(
  {
    wayleaf: 1,
    id: 'spring',
    name: 'Spring offer',
    enter: { on: [{ event: 'Spring Began' }], if: { consent: 'email' } },
    goal: { on: { event: 'Order Completed' }, within: '14 days' },
    steps: [
      { id: 'offer', type: 'mail', template: 'thank-you' },
      { id: 'again', type: 'email', template: 'thank-yuo' },
      {
        id: 'reaction',
        type: 'waitFor',
        branches: [{ answer: 'Clicked', on: { message: 'again', was: 'clicked' }, steps: [] }],
        atMost: '2 days',
        otherwise: {
          answer: 'Nothing',
          steps: [{ id: 'tell', type: 'notify', team: 'sales', text: 'Call.' }],
        },
      },
    ],
  },
  null,
  2,
);

const drop = (page: Page, text: string): Promise<void> =>
  page.evaluate((dropped) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([dropped], 'spring.journey.json', { type: 'application/json' }));
    window.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
  }, text);

const write = async (page: Page, text: string): Promise<void> => {
  await page.getByRole('textbox', { name: 'Journey as JSON' }).click();
  await page.keyboard.press('Control+A');
  await page.evaluate((written) => navigator.clipboard.writeText(written), text);
  await page.keyboard.press('Control+V');
};

export const journeys = (at: () => ConsoleStage): void => {
  const post = (path: string, body: object) =>
    at().world.http({ method: 'POST', path, headers: { authorization: `Basic ${btoa('wk_acme:')}` }, body });

  test('from a broken file to a published journey with results', async () => {
    const page = await at().signedIn('/journeys');
    await page.getByRole('link', { name: 'Follow up a demo request' }).waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await drop(page, broken);

    const issues = page.locator('.issue');
    await page.getByRole('button', { name: /"mail"/ }).waitFor();
    await expect
      .poll(() => issues.allTextContents())
      .toEqual(
        expect.arrayContaining([expect.stringContaining('thank-yuo'), expect.stringContaining('"mail"')]),
      );
    await page.getByText('Hint').first().click();
    expect(await issues.first().textContent()).toContain('email');
    expect(await page.locator('.flow-card[data-fault="error"]').count()).toBe(2);
    await page.locator('.react-flow__node-card').filter({ hasText: 'mail' }).first().waitFor();
    expect(await axeFaults(page)).toEqual([]);

    const save = page.getByRole('button', { name: 'Save draft' });
    expect(await save.isDisabled()).toBe(true);
    await write(page, broken.replace('"mail"', '"email"').replace('thank-yuo', 'referral-bonus'));
    await page.getByText('No issues').waitFor();
    await save.click();
    await page.getByRole('heading', { name: 'Spring offer', level: 1 }).waitFor();
    await page.getByText('never published').waitFor();
    expect(await axeFaults(page)).toEqual([]);

    await page.getByRole('button', { name: 'Publish' }).click();
    const dialog = page.getByRole('dialog');
    expect(await dialog.textContent()).toContain('version 1');
    expect(await axeFaults(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Publish' }).click();
    await page.getByText('is live as version 1').waitFor();

    for (const user of ['s-1', 's-2', 's-3']) {
      await post('/v1/identify', {
        userId: user,
        traits: { email: `${user}@example.com`, consent: ['email'] },
      });
      await post('/v1/track', { userId: user, event: 'Spring Began' });
    }
    await page.locator('.figure', { hasText: 'Entered' }).getByText('3', { exact: true }).waitFor();
    await page.locator('.react-flow__node-card', { hasText: 'Offer' }).click();
    await page.getByRole('complementary', { name: 'Step' }).getByText('Came here').waitFor();
    await page.getByRole('button', { name: 'List' }).click();
    await page.getByRole('button', { name: /Reaction/ }).waitFor();
    expect(await axeFaults(page)).toEqual([]);
  });

  test('pause and resume say how many people they meet, and happen only after a yes', async () => {
    const page = await at().signedIn('/journeys/spring');
    await page.getByRole('button', { name: 'Pause' }).click();
    await expect.poll(() => page.getByRole('dialog').textContent()).toContain('3 people');
    await page.keyboard.press('Escape');
    await page.getByText('Paused', { exact: true }).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Pause' }).click();
    await page.getByText('“Spring offer” is paused.').waitFor();
    await page.getByRole('button', { name: 'Resume' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Resume' }).click();
    await page.getByText('“Spring offer” goes on.').waitFor();
  });

  test('the editor completes from the schema, guards against lost edits, and shows the difference', async () => {
    const page = await at().signedIn('/journeys/spring/edit');
    await page.getByText('No issues').waitFor();
    await page.getByRole('textbox', { name: 'Journey as JSON' }).click();
    await page.keyboard.press('Control+Home');
    await page.keyboard.press('End');
    await page.keyboard.type('\n"obj');
    await page.getByText(/\d errors?/).waitFor();
    const offered = page.getByRole('option', { name: /objective/ }).first();
    // What is asked while the editor still checks is not answered.
    await expect
      .poll(
        async () => {
          await page.keyboard.press('Control+Space');
          return offered.waitFor({ timeout: 3_000 }).then(
            () => true,
            () => false,
          );
        },
        { timeout: 20_000 },
      )
      .toBe(true);
    await page.keyboard.press('Escape');

    const draft = JSON.parse(broken.replace('"mail"', '"email"').replace('thank-yuo', 'referral-bonus'));
    draft.steps[0].name = 'The offer';
    draft.steps.push({ id: 'a-day', type: 'wait', for: '1 day' });
    await write(page, JSON.stringify(draft, null, 2));
    const headers = { authorization: `Bearer ${at().world.adminToken}`, 'content-type': 'application/json' };
    const theirs = JSON.stringify({ ...draft, name: 'Theirs' });
    await at().world.http({ method: 'PUT', path: '/v1/journeys/spring', headers, body: theirs });
    await page.getByText('No issues').waitFor();
    await page.getByRole('button', { name: 'Save draft' }).click();
    await page.getByText('Somebody saved this journey since').waitFor();
    await page.getByRole('button', { name: 'Load theirs' }).click();
    await page.getByText('Somebody saved this journey since').waitFor({ state: 'detached' });

    await page.getByRole('link', { name: 'Versions' }).click();
    await page.locator('.flow-card[data-mark="added"]').waitFor();
    const changes = await page.getByRole('complementary', { name: 'What changed' }).textContent();
    expect(changes).toContain('a-day');
    expect(await axeFaults(page)).toEqual([]);
  }, 60_000);

  test('archive says who is met and what stays, and happens only after a yes', async () => {
    const page = await at().signedIn('/journeys/spring');
    const archive = page.getByRole('button', { name: 'Archive' });
    await archive.click();
    const dialog = page.getByRole('dialog', { name: /Archive “.+”\?/ });
    const said = 'What is under way goes on to its end, with all its messages: 3 people';
    await dialog.getByText(said).waitFor();
    expect(await dialog.textContent()).toContain('Nobody enters any more.');
    expect(await dialog.textContent()).toContain('Publishing it again lets people in again. Results stay.');
    expect(await axeFaults(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    // Who said no by keyboard stands where the question came from.
    expect(await archive.evaluate((button) => button === document.activeElement)).toBe(true);
    await page.getByText('Archived', { exact: true }).waitFor({ state: 'detached' });
    await archive.click();
    await dialog.getByRole('button', { name: 'Archive' }).click();
    await page.getByText('lets nobody in any more.').waitFor();
    await page.getByText('Archived', { exact: true }).waitFor();
    expect(await archive.count()).toBe(0);
    await post('/v1/identify', { userId: 's-4', traits: { email: 's-4@example.com', consent: ['email'] } });
    await post('/v1/track', { userId: 's-4', event: 'Spring Began' });
    const headers = { authorization: `Bearer ${at().world.adminToken}` };
    const report = await at().world.http({ path: '/v1/journeys/spring/report', headers });
    expect(report.json()).toMatchObject({ entered: 3, active: 3 });
  }, 30_000);

  test('a described contact walks, and the path is watched step by step', async () => {
    const page = await at().signedIn('/journeys/demo-follow-up/try');
    await page.getByLabel('companySize').fill('80');
    await page
      .getByLabel('What', { exact: true })
      .selectOption({ label: '“Thanks, pick a time” is clicked' });
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByRole('button', { name: 'Walk' }).click();
    await page.getByRole('slider').waitFor({ timeout: 30_000 });
    expect(await page.getByRole('list', { name: 'The walk, in order' }).textContent()).toContain(
      '50 people or more',
    );
    expect(await page.locator('.flow-chip[data-walk="on"]').allTextContents()).toEqual(
      expect.arrayContaining([expect.stringContaining('Clicked')]),
    );
    await page.getByRole('slider').press('Home');
    expect(await page.locator('.flow-card[data-walk="on"]').count()).toBe(1);
    expect(await axeFaults(page)).toEqual([]);
  }, 60_000);
};
