import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { history, quarantineEvent } from '#store/contacts/events';
import { axeFaults } from '../axe.ts';
import { call, identify, track } from './people-given.ts';
import type { ConsoleStage } from './stage.ts';

const late = {
  ...{ wayleaf: 1, id: 'late', name: 'Late', enter: { on: [{ event: 'Set Aside' }] } },
  sending: { class: 'transactional' },
  steps: [{ id: 'hello', type: 'email', template: 'thank-you' }],
};

export const tending = (at: () => ConsoleStage): void => {
  test('a test goes to a colleague and to nobody else, and changes nothing', async () => {
    const { world } = at();
    const page = await at().signedIn('/templates/self-serve');
    await page.frameLocator('iframe[title="The mail"]').locator('table').first().waitFor();
    await page.getByRole('button', { name: 'Send a test' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('To').fill('somebody@else.example');
    await dialog.getByRole('button', { name: 'Send it' }).click();
    await dialog.getByText('Test mails go only to people whom client.json names').waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await dialog.getByLabel('To').fill('ops@acme.example');
    await dialog.getByRole('button', { name: 'Send it' }).click();
    await page.getByText('The test is on its way to ops@acme.example').waitFor();
    const tests = (await world.outbox()).filter(({ subject }) => subject?.startsWith('[Test]'));
    expect(tests.map(({ to }) => to)).toEqual(['ops@acme.example']);
  }, 30_000);

  test('an event that was set aside is looked at and replayed, and its journey begins', async () => {
    const { world } = at();
    await identify(world, 'ida', { email: 'ida@example.com', firstName: 'Ida' });
    await track(world, 'ida', 'Set Aside');
    await world.drain();
    const { json } = await call(world, 'GET', '/v1/contacts?userId=ida');
    const contact = String(json.id);
    const [event] = (await history(world.store, contact)).flatMap((item) =>
      item.kind === 'event' && item.name === 'Set Aside' ? [item.id] : [],
    );
    await quarantineEvent(world.store, contact, event!, 'TypeError');
    await call(world, 'PUT', '/v1/journeys/late', late);
    await call(world, 'POST', '/v1/journeys/late/publish');
    const page = await at().signedIn('/quarantine');
    const row = page.getByRole('row', { name: /Event Set Aside/ });
    await row.getByRole('button', { name: 'Look' }).click();
    await page.getByRole('region', { name: 'What was to be processed' }).getByText('Set Aside').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
    await row.getByRole('button', { name: 'Replay' }).click();
    await page.getByText('It was processed.').waitFor();
    await page.getByText('Nothing is set aside').waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await world.drain();
    expect((await world.outbox()).map(({ to }) => to)).toContain('ida@example.com');
  }, 30_000);

  test('a contact is exported whole, as they may ask for it', async () => {
    const { world } = at();
    await identify(world, 'sofia', { email: 'sofia@example.com', firstName: 'Sofia' });
    await track(world, 'sofia', 'Pricing Viewed');
    await world.drain();
    const { json } = await call(world, 'GET', '/v1/contacts?userId=sofia');
    const page = await at().signedIn(`/contacts/${json.id}`);
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Export' }).click(),
    ]);
    expect(file.suggestedFilename()).toBe(`contact-${json.id}.json`);
    const text = await readFile((await file.path())!, 'utf8');
    expect(Object.keys(JSON.parse(text))).toEqual(expect.arrayContaining(['contact']));
    for (const part of ['sofia@example.com', 'Sofia', 'Pricing Viewed']) expect(text).toContain(part);
    await page.getByText('Everything that is kept about this contact').waitFor();
  }, 30_000);
};
