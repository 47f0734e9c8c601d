import { test } from 'vitest';
import { shareTimeout, tryShare } from './share.ts';

test(
  'the compiled machine does what a naive reading of the document says (second half of the cases)',
  { timeout: shareTimeout },
  () => tryShare(1),
);
