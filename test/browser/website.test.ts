import { afterAll, beforeAll, describe } from 'vitest';
import { plainForms } from './plain-forms.ts';
import { readerPages } from './reader-pages.ts';
import { segmentLibrary } from './segment-library.ts';
import { webSnippet } from './snippet.ts';
import { openStage, type Stage } from './stage.ts';

/** Files run in processes of their own; one file is one browser. */
let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
}, 60_000);
afterAll(() => stage?.close());

describe("Segment's browser library, with only host and write key changed", () =>
  segmentLibrary(() => stage));

describe('plain HTML forms', () => plainForms(() => stage));

describe('the web snippet', () => webSnippet(() => stage));

describe('the pages behind the links of a mail', () => readerPages(() => stage));
