import { words } from '../../../words/words.ts';
import type { JourneyView } from '../api-shapes.ts';

/** A version, or the draft. */
export type Edition = number | 'draft';

const said = words.journeys.versions;

/** The draft first, then from the newest on. */
export const editionsOf = ({
  version = 0,
  document,
}: Pick<JourneyView, 'version' | 'document'>): Edition[] => [
  ...(document ? (['draft'] as const) : []),
  ...Array.from({ length: version }, (_, i) => version - i),
];

export const nameOf = (edition: Edition): string => (edition === 'draft' ? said.draft : said.number(edition));

export const editionIn = (text: string): Edition => (text === 'draft' ? 'draft' : Number(text));

/** What was published last against what comes next; where the draft is all the same, the last two versions. */
export const firstChoice = (
  { version = 0, document }: Pick<JourneyView, 'version' | 'document'>,
  draftDiffers: boolean,
): { before: Edition; after: Edition } =>
  (draftDiffers && document) || version < 2
    ? { before: version, after: document ? 'draft' : version }
    : { before: version - 1, after: version };
