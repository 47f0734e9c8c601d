import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Journey } from '#statemachines/document/schema';

const folder = join(import.meta.dirname, '../../infra/clients/acme/journeys');

/** The journeys of the sample client. */
export const sampleIds = ['demo-follow-up', 'increase-engagement'] as const;

export const sampleJourney = (id: (typeof sampleIds)[number]): Journey =>
  JSON.parse(readFileSync(join(folder, `${id}.journey.json`), 'utf8'));
