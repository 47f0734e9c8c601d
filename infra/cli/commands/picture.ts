import { extname } from 'node:path';
import type { Command } from 'commander';
import { drawMermaid } from '#statemachines/picture/mermaid';
import { drawPicture } from '#statemachines/picture/picture';
import { Failure } from '../failure.ts';
import { clientOf, writeResult } from '../files.ts';
import { loadJourney } from '../load-journey.ts';

export const addPicture = (program: Command): void => {
  program
    .command('picture')
    .description('the tree of a journey, drawn for people')
    .argument('<file>', 'journey document')
    .option('-o, --output <file>', '.svg or .mmd (default: SVG to standard output)')
    .action(async (file: string, options: { output?: string }) => {
      // `extname` takes `.svg` alone for a hidden file without an ending.
      const ending = options.output === undefined ? '.svg' : extname(options.output);
      const draw = drawing[ending];
      if (!draw) throw new Failure(`Pictures are .svg or .mmd, not "${ending}".`, 2);
      writeResult(draw(await loadJourney(file, clientOf(file))), options.output);
    });
};

const drawing: Record<string, typeof drawMermaid> = {
  '.svg': (journey) => drawPicture(journey),
  '.mmd': drawMermaid,
};
