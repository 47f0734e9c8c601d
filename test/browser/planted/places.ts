import type { Page } from 'playwright-core';
import { csv, outcomes } from './documents.ts';
import type { Place } from './looking.ts';
import { lineOfNoLiquid, oneLine } from './take.ts';
import { planted } from './xss.ts';

const press =
  (name: string) =>
  async (page: Page): Promise<void> => {
    await page.getByRole('button', { name, exact: true }).first().click();
  };

/** A file whose steps are of types that there are not: each stands in an issue. */
const drop = async (page: Page): Promise<void> => {
  const steps = planted.map((text, i) => ({ id: `s${i}`, type: text }));
  const text = JSON.stringify({
    wayleaf: 1,
    id: 'dropped',
    name: 'x',
    enter: { on: [{ event: 'x' }] },
    steps,
  });
  await page.evaluate((dropped) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(
      new File([dropped], '<img src=x onerror=alert(1)>.json', { type: 'application/json' }),
    );
    window.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
  }, text);
  await page
    .locator('.issue')
    .nth(planted.length - 1)
    .waitFor();
};

const walk = async (page: Page): Promise<void> => {
  await press('Walk')(page);
  await page.getByRole('slider').waitFor({ timeout: 30_000 });
};

const seenBy =
  (who: string, view?: string) =>
  async (page: Page): Promise<void> => {
    await page.getByLabel('As seen by').fill(who);
    if (view)
      await page
        .getByRole('group', { name: 'Width' })
        .getByRole('button', { name: view, exact: true })
        .click();
  };

const importFile = async (page: Page): Promise<void> => {
  await page.getByLabel('File', { exact: true }).setInputFiles({
    ...{ name: '<img src=x onerror=alert(1)>.csv', mimeType: 'text/csv', buffer: Buffer.from(csv()) },
  });
  await page.getByText('<img src=x onerror=alert(1)>.csv').waitFor();
  await page.getByLabel('Tag for everybody').fill(planted[0]!);
  await press('Import')(page);
  await page.getByText('Done', { exact: true }).waitFor({ timeout: 20_000 });
};

const journeyPlaces: readonly Place[] = [
  { shows: 'names of journeys', at: '/journeys', ready: 'table', texts: oneLine },
  {
    ...{
      shows: 'names of steps, questions and answers, in the outline',
      at: '/journeys/many',
      texts: oneLine,
    },
    ...{ ready: '.react-flow__node-card', open: press('List') },
  },
  { shows: 'the same as text', at: '/journeys/many/edit', ready: '.cm-content', texts: oneLine.slice(0, 1) },
  {
    ...{ shows: 'names of steps, on a walk', at: '/journeys/many/try', open: walk },
    ...{ ready: '.react-flow__node-card', texts: oneLine },
  },
  {
    ...{ shows: 'what was changed', at: '/journeys/many/versions' },
    ...{ ready: '.react-flow__node-card', texts: oneLine },
  },
  {
    ...{ shows: 'answers and steps, in the rates of a forecast', at: '/journeys/asked/forecast' },
    ...{ ready: '.forecast-rate', texts: [] },
  },
  {
    shows: 'values in issues',
    at: '/journeys',
    ready: 'table',
    open: drop,
    texts: planted.map((text) => text.slice(0, 40)),
  },
];

const peoplePlaces = (mallory: string): readonly Place[] => [
  { shows: 'names, tags and companies of contacts', at: '/contacts', ready: 'table', texts: planted },
  {
    ...{ shows: 'events, subjects of messages, runs', at: `/contacts/${mallory}`, ready: '.timeline-entry' },
    texts: planted,
  },
  {
    shows: 'fields and their labels, tags',
    at: `/contacts/${mallory}/data`,
    ready: '.field-row',
    texts: oneLine,
  },
  {
    ...{ shows: 'topics, words that were agreed to, and where', at: `/contacts/${mallory}/consent` },
    ...{ ready: 'table', texts: oneLine },
  },
  {
    ...{ shows: 'headings of columns and values of rows', at: '/contacts/import', ready: 'form' },
    ...{ open: importFile, texts: oneLine },
  },
  { shows: 'titles of tasks', at: '/tasks', ready: '.task h2', texts: planted },
  {
    ...{ shows: 'scripts of tasks', at: '/tasks', ready: '.task .quote' },
    texts: planted.slice(0, 16).map((text) => `Say ${text}`),
  },
  { shows: 'outcomes of tasks', at: '/tasks', ready: '.task', texts: outcomes },
  {
    ...{ shows: 'reasons, functions and contents of what was set aside', at: '/quarantine', ready: 'table' },
    ...{ open: press('Look'), texts: planted },
  },
];

const documentPlaces: readonly Place[] = [
  { shows: 'names and subjects of templates', at: '/templates', ready: 'table', texts: lineOfNoLiquid },
  { shows: 'HTML of others in its frame', at: '/templates/raw', ready: 'iframe', texts: [] },
  {
    ...{
      shows: 'fields of a contact in a mail',
      at: '/templates/fields',
      ready: '.cm-content',
      texts: oneLine,
    },
    open: seenBy('mallory', 'Plain text'),
  },
  {
    ...{ shows: 'a subject and a preheader in a preview', at: '/templates/mal-2', ready: 'iframe' },
    texts: [planted[2]!],
  },
  { shows: 'names of forms', at: '/forms', ready: 'table', texts: oneLine },
  { shows: 'labels, options and HTML of a form', at: '/forms/all', ready: '.trial', texts: oneLine },
  { shows: 'names of segments', at: '/segments', ready: 'table', texts: oneLine },
  { shows: 'members of a segment', at: '/segments/all', ready: 'table', texts: [] },
];

const otherPlaces: readonly Place[] = [
  { shows: 'subjects of the reports', at: '/', ready: '.figures', texts: [] },
  { shows: 'whose mails they are, topics and teams', at: '/settings', ready: '.facts', texts: oneLine },
  { shows: 'names of tokens', at: '/settings/tokens', ready: 'table', texts: oneLine },
];

/** A line for each field that others fill and the console shows. */
export const places = (mallory: string): readonly Place[] => [
  // First: each look at somebody becomes a line here.
  { shows: 'who did it', at: '/audit', ready: 'table', texts: oneLine },
  ...journeyPlaces,
  ...peoplePlaces(mallory),
  ...documentPlaces,
  ...otherPlaces,
];
