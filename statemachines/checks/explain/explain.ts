import type { Explained } from '#kernel/explained';
import type { Issue } from '#kernel/issue';
import { checkDocument } from '../check.ts';
import { rules } from '../registry.ts';
import { shapeCodes } from '../shape/codes.ts';
import { codesElsewhere } from './codes-elsewhere.ts';
import { exampleClient } from './example-client.ts';
import { exampleDocument } from './example-document.ts';

/** Every code there is: what is wrong with the text, then the shape, then the meaning, then around the journey. */
export const explanations: readonly Explained[] = [...shapeCodes, ...rules, ...codesElsewhere];

/** What `check` says of the bad piece of an example; lines count from the piece, below 1 is around it. */
export const issuesOfExample = ({ example }: Explained): Issue[] => {
  const document = exampleDocument(example.wrong, example.place);
  if (!document) return [];
  return checkDocument(document.text, exampleClient).issues.map((issue) => ({
    ...issue,
    line: (issue.line ?? 1) - document.line + 1,
  }));
};
