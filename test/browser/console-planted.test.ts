import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ConsoleStage, openConsole } from './console/stage.ts';
import { plantedClient } from './planted/client.ts';
import { plantForms, plantJourneys, plantSegments, plantTemplates } from './planted/documents.ts';
import { lookElsewhere } from './planted/elsewhere.ts';
import { inFrames } from './planted/frames.ts';
import { lookAt } from './planted/looking.ts';
import { plantPeople, plantTokens, plantWork } from './planted/people.ts';
import { places } from './planted/places.ts';
import { planted } from './planted/xss.ts';

let stage: ConsoleStage;
let mallory: string;
/** Of somebody whose name is one of them, too. */
let token: string;
beforeAll(async () => {
  stage = await openConsole({ clock: 'virtual', client: plantedClient() });
  const { world } = stage;
  await plantTemplates(world);
  await plantJourneys(world);
  await plantForms(world);
  await plantSegments(world);
  await world.advance('2 minutes');
  mallory = await plantPeople(world);
  await plantWork(world);
  token = await plantTokens(world);
}, 180_000);
afterAll(() => stage?.close());

const openPage = async () => {
  const page = await stage.signedIn('/', { token });
  const asked: string[] = [];
  page.on('dialog', async (dialog) => {
    asked.push(`${page.url()} ${dialog.message()}`);
    await dialog.dismiss();
  });
  return { page, asked };
};

test('nothing that others wrote runs or stands in the console as markup, whichever field it stands in', async () => {
  expect(new Set(planted).size).toBeGreaterThanOrEqual(40);
  const { page, asked } = await openPage();
  for (const place of places(mallory)) await lookAt(page, place);
  expect(asked).toEqual([]);
}, 180_000);

test('neither on the pages behind links, nor in pictures, plots and the page of the demo', async () => {
  const { page, asked } = await openPage();
  await lookElsewhere(page, stage.world, stage.url);
  expect(asked).toEqual([]);
}, 60_000);

test('nothing runs in the frame of a message, whatever its HTML is', async () => {
  const { page, asked } = await openPage();
  await inFrames(page, stage.url);
  expect(asked).toEqual([]);
}, 60_000);
