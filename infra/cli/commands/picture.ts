import { extname } from 'node:path';
import type { Command } from 'commander';
import type { Journey } from '#statemachines/document/schema';
import { countsOf, type PictureCounts } from '#statemachines/picture/counts';
import { drawMermaid } from '#statemachines/picture/mermaid';
import { drawPicture } from '#statemachines/picture/picture';
import type { Theme } from '#statemachines/picture/theme';
import { Failure } from '../failure.ts';
import { clientOf, readJsonFile, writeResult } from '../files.ts';
import { loadJourney } from '../load-journey.ts';
import { countedSchema } from '../report-counts.ts';

interface Options {
  output?: string;
  report?: string;
  dark?: boolean;
}

export const addPicture = (program: Command): void => {
  program
    .command('picture')
    .description('the tree of a journey, drawn for people')
    .argument('<file>', 'journey document')
    .option('-o, --output <file>', '.svg, .png or .mmd (default: SVG to standard output, as for -)')
    .option('--report <file>', 'draw counts and rates on the ways, from the JSON of wayleaf report --json')
    .option('--dark', 'dark colours; without it SVG follows the reader, PNG is light')
    .action(async (file: string, options: Options) => {
      // `extname` takes `.svg` alone for a hidden file without an ending.
      const ending = options.output === undefined ? '.svg' : extname(options.output);
      const draw = drawing[ending];
      if (!draw) throw new Failure(`Pictures are .svg, .png or .mmd, not "${ending}".`, 2);
      const counts = options.report === undefined ? {} : countsIn(options.report);
      const journey = await loadJourney(file, clientOf(file));
      writeResult(await draw(journey, { counts, ...(options.dark && { theme: 'dark' }) }), options.output);
    });
};

type Draw = (
  journey: Journey,
  options: { counts: PictureCounts; theme?: Theme },
) => string | Promise<Uint8Array>;

const drawing: Record<string, Draw> = {
  '.svg': drawPicture,
  '.png': async (journey, { theme = 'light', counts }) => {
    const { renderPng } = await import('../output/png.ts');
    return renderPng(drawPicture(journey, { counts, theme }));
  },
  '.mmd': (journey) => drawMermaid(journey),
};

const countsIn = (file: string): PictureCounts => {
  const report = countedSchema.safeParse(readJsonFile(file));
  if (!report.success)
    throw new Failure(`${file} is no report. wayleaf report JOURNEY --json > ${file} makes one.`);
  return countsOf(report.data);
};
