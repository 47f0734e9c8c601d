import type { Page } from 'playwright-core';

export interface Shot {
  name: string;
  path: string;
  /** Of the window, where the usual one shows too little. */
  height?: number;
  /** Until the page shows what the picture is of. */
  prepare(page: Page): Promise<void>;
}

/** A type of step that does not exist, a template that is none, an answer that nobody can give. */
const broken = {
  ...{ wayleaf: 1, id: 'spring-offer', name: 'Spring offer' },
  enter: { on: [{ event: 'Spring Began' }], if: { consent: 'email' } },
  goal: { on: { event: 'Order Completed' }, within: '14 days' },
  steps: [
    { id: 'offer', type: 'mail', template: 'thank-you' },
    { id: 'reminder', type: 'email', template: 'thank-yuo' },
    {
      ...{ id: 'reaction', type: 'waitFor', atMost: '400 days' },
      branches: [{ answer: 'Clicked', on: { message: 'reminder', was: 'clicked' }, steps: [] }],
      otherwise: { answer: 'Nothing', steps: [{ id: 'tell', type: 'notify', team: 'sales', text: 'Call.' }] },
    },
  ],
};

const drop = (page: Page, text: string): Promise<void> =>
  page.evaluate((dropped) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([dropped], 'spring.journey.json', { type: 'application/json' }));
    window.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
  }, text);

const card = (page: Page, text: string) =>
  page.locator('.react-flow__node-card').filter({ hasText: text }).first();

/** In the order of the documents. */
export const shots: readonly Shot[] = [
  { name: 'overview', path: '/', height: 1_060, prepare: (page) => page.getByText('Health').waitFor() },
  {
    ...{ name: 'journey', path: '/journeys/demo-follow-up', height: 1_060 },
    prepare: (page) => card(page, 'Thanks, pick a time').click(),
  },
  {
    ...{ name: 'evidence', path: '/journeys/demo-follow-up', height: 1_060 },
    prepare: async (page) => {
      await page.getByRole('button', { name: 'List' }).click();
      await page
        .getByRole('button', { name: /Subject test/ })
        .first()
        .click();
      await page.getByRole('heading', { name: 'Evidence' }).scrollIntoViewIfNeeded();
    },
  },
  {
    ...{ name: 'issues', path: '/journeys', height: 1_180 },
    prepare: async (page) => {
      await drop(page, JSON.stringify(broken, null, 2));
      await page.getByRole('button', { name: /"mail"/ }).waitFor();
      await page.getByText('Hint').first().click();
    },
  },
  {
    ...{ name: 'try', path: '/journeys/demo-follow-up/try' },
    prepare: async (page) => {
      await page.getByLabel('companySize').fill('80');
      await page.getByLabel('firstName', { exact: true }).fill('Ada');
      const what = page.getByLabel('What', { exact: true });
      await what.selectOption({ label: '“Thanks, pick a time” is clicked' });
      await page.getByRole('button', { name: 'Add', exact: true }).click();
      await page.getByRole('button', { name: 'Walk' }).click();
      await page.getByRole('slider').waitFor({ timeout: 30_000 });
      await page.getByText('Who walks').scrollIntoViewIfNeeded();
    },
  },
  {
    ...{ name: 'template', path: '/templates/thank-you', height: 1_060 },
    prepare: async (page) => {
      await page.getByRole('button', { name: 'Narrow' }).click();
      await page.getByLabel('As seen by').fill('ada.okafor.0@example.com');
      await page.frameLocator('iframe').getByText('Hi Ada').waitFor();
    },
  },
];
