import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import * as z from 'zod';
import { type Client, clientSchema } from '#model/client';
import { journeySchemaText } from '#statemachines/document/json-schema';
import { expectationSchemaText } from '#statemachines/expectations/json-schema';
import { libraryFolder } from '../../library/library.ts';
import { cannotWrite } from '../files.ts';
import { originOf } from './answers.ts';
import { readmeFor } from './readme.ts';

const starter = join(import.meta.dirname, 'starter');

/** The whole folder, or nothing of it. */
export const writeClient = (folder: string, settings: object): string[] => {
  const client = clientSchema.parse(settings);
  try {
    mkdirSync(dirname(folder), { recursive: true });
    mkdirSync(folder);
  } catch (cause) {
    throw cannotWrite(folder, cause);
  }
  try {
    fill(folder, client, settings);
  } catch (cause) {
    rmSync(folder, { recursive: true, force: true });
    throw cannotWrite(folder, cause);
  }
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
};

const fill = (folder: string, client: Client, settings: object): void => {
  cpSync(starter, folder, { recursive: true });
  const form = join(folder, 'forms/sign-up.json');
  const text = readFileSync(form, 'utf8')
    .replace('{{BRAND}}', JSON.stringify(client.brand.name).slice(1, -1))
    .replace('{{SITE}}', originOf(client.links.site ?? ''));
  writeFileSync(form, text);
  mkdirSync(join(folder, 'layouts'));
  for (const file of ['ready.json', 'ready.mjml', 'ready.txt'])
    copyFileSync(join(libraryFolder, 'layouts', file), join(folder, 'layouts', file));
  mkdirSync(join(folder, 'segments'));
  const written: Record<string, string> = {
    'client.json': `${JSON.stringify(settings, null, 2)}\n`,
    'client.schema.json': clientSchemaText(),
    'journeys/journey.schema.json': journeySchemaText(),
    'journeys/expect.schema.json': expectationSchemaText(),
    'README.md': readmeFor(client),
  };
  for (const [file, content] of Object.entries(written)) writeFileSync(join(folder, file), content);
};

/** For editors. */
const clientSchemaText = (): string =>
  `${JSON.stringify(z.toJSONSchema(clientSchema, { io: 'input', unrepresentable: 'any' }), null, 2)}\n`;

export const isTaken = (folder: string): boolean => existsSync(folder);
