import { innerPlaced } from './inner-conditions.ts';
import type { JourneyView, Placed } from './view.ts';

/** Every place that names a message of the journey: in conditions, and as something to wait for. */
export const messageRefs = (view: JourneyView): Placed<string>[] =>
  [...view.triggers, ...innerPlaced(view)].flatMap(({ path, value, entry }) =>
    'message' in value ? [{ path: [...path, 'message'], value: value.message, entry }] : [],
  );
