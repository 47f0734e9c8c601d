import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { drawPicture } from '#statemachines/picture/picture';
import { libraryFolder, listLibrary } from './library.ts';

/** Draws the pictures of the ready journeys anew. */
for (const { name } of listLibrary()) {
  const journey = JSON.parse(readFileSync(join(libraryFolder, name, 'journey.json'), 'utf8'));
  writeFileSync(join(libraryFolder, name, 'picture.svg'), drawPicture(journey));
}
