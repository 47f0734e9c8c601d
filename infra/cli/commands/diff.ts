import { existsSync } from 'node:fs';
import { extname } from 'node:path';
import type { Command } from 'commander';
import { type Change, diffJourneys, sentenceOf, summaryOf } from '#statemachines/diff/diff';
import { drawDiff } from '#statemachines/diff/draw';
import type { Journey } from '#statemachines/document/schema';
import { type ApiOptions, call, withApi } from '../api.ts';
import { notStandardOutput } from '../arguments.ts';
import { Failure } from '../failure.ts';
import { clientOf, writeText } from '../files.ts';
import { loadJourney } from '../load-journey.ts';

interface Options extends ApiOptions {
  output?: string;
  json?: boolean;
}

export const addDiff = (program: Command): void => {
  withApi(
    program
      .command('diff')
      .description(
        'what changed between two documents, or two versions of a journey, in words and as a picture',
      )
      .argument('<before>', 'a file; or the id of a journey, and then two numbers of versions')
      .argument('<after>', 'a file, or the older version')
      .argument('[newer]', 'the newer version (default: the draft)')
      .option('-o, --output <file>', 'also draw both in one picture: .svg or .png', notStandardOutput),
  )
    .option('--json', 'the changes as JSON')
    .action(async (first: string, second: string, third: string | undefined, options: Options) => {
      const ending = extname(options.output ?? '.svg') || '.svg';
      if (!['.svg', '.png'].includes(ending))
        throw new Failure(`Pictures of changes are .svg or .png, not "${ending}".`, 2);
      const pair = await load(first, second, third, options);
      const changes = diffJourneys(pair.before, pair.after);
      console.log(options.json ? JSON.stringify(changes, null, 2) : inWords(pair.title, changes));
      if (options.output !== undefined) writeText(options.output, await draw(pair, ending));
    });
};

interface Pair {
  before: Journey;
  after: Journey;
  title: string;
}

const load = async (
  first: string,
  second: string,
  third: string | undefined,
  options: Options,
): Promise<Pair> => {
  if (third === undefined && (existsSync(first) || !isVersion(second))) return fromFiles(first, second);
  if (!isVersion(second) || (third !== undefined && !isVersion(third)))
    throw new Failure('Versions are numbers: wayleaf diff JOURNEY 3 4.', 2);
  const [before, after] = await Promise.all([
    versionOf(first, second, options),
    third === undefined ? draftOf(first, options) : versionOf(first, third, options),
  ]);
  return {
    before,
    after,
    title: `${first}, version ${second} → ${third === undefined ? 'draft' : `version ${third}`}`,
  };
};

const isVersion = (text: string): boolean => /^[1-9]\d{0,5}$/.test(text);

const fromFiles = async (first: string, second: string): Promise<Pair> => ({
  before: await loadJourney(first, clientOf(first)),
  after: await loadJourney(second, clientOf(second)),
  title: `${first} → ${second}`,
});

const versionOf = (journey: string, version: string, options: Options): Promise<Journey> =>
  documentAt(`/v1/journeys/${encodeURIComponent(journey)}/versions/${version}`, options);

const draftOf = (journey: string, options: Options): Promise<Journey> =>
  documentAt(`/v1/journeys/${encodeURIComponent(journey)}`, options);

const documentAt = async (path: string, options: Options): Promise<Journey> =>
  ((await call(options, 'GET', path)) as { document: Journey }).document;

const inWords = (title: string, changes: readonly Change[]): string =>
  [
    `${title}: ${summaryOf(changes)}`,
    ...changes.map((change) => `${signs[change.kind]} ${sentenceOf(change)}`),
  ].join('\n');

const signs: Record<Change['kind'], string> = { added: '+', removed: '-', changed: '~', moved: '>' };

const draw = async ({ before, after, title }: Pair, ending: string): Promise<string | Uint8Array> => {
  if (ending === '.svg') return drawDiff(before, after, { title });
  const { renderPng } = await import('../output/png.ts');
  return renderPng(drawDiff(before, after, { title, theme: 'light' }));
};
