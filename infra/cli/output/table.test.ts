import { expect, it } from 'vitest';
import { unitWords } from './table.ts';

it('units are told in words', () =>
  expect(['stateTransitions', 'emails'].map(unitWords)).toEqual(['state transitions', 'emails']));
