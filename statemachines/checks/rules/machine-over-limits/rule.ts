import { type Compiled, compile, compileSqueezed, longestFunctionName } from '../../../compile/compile.ts';
import { checkLimits } from '../../../compile/limits.ts';
import type { Journey } from '../../../document/schema.ts';
import type { Rule } from '../../rule.ts';

export const machineOverLimits: Rule = {
  id: 'machine-over-limits',
  severity: 'error',
  title: 'The state machine keeps within the limits of Step Functions',
  explain:
    'Step Functions takes a definition of at most one megabyte. Most of it are the ways that lead somewhere.',
  why: 'Very many branches can fill it before the document is full, and then publishing would fail.',
  example: {
    place: 'words',
    wrong: 'hundreds of decisions of 50 branches that all lead elsewhere',
    right: 'two journeys, or a segment instead of the branches',
  },
  last: true,
  check: ({ raw }) => {
    const document = raw as unknown as Journey;
    // Nearly every document fits when it is squeezed; only then the form it will have is compiled.
    if (limitsOf(compileSqueezed(document, { runStep: longestName })).length === 0) return [];
    return limitsOf(compile(document, { runStep: longestName })).map(({ message, hint }) => ({
      path: [],
      message,
      ...(hint && { hint }),
    }));
  },
};

const limitsOf = ({ asl, text }: Compiled) => checkLimits(asl, text);

/** A document is judged alike for every client, however long the name of its function is. */
const longestName = 'x'.repeat(longestFunctionName);
