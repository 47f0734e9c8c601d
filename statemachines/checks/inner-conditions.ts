import type { Condition } from '#conditions/schema';
import { walkCondition } from '#conditions/walk';
import type { JourneyView, Placed } from './view.ts';

/** Every condition of the journey, and every condition in one. */
export const innerPlaced = (view: JourneyView): Placed<Condition>[] =>
  view.conditions.flatMap(({ path, value, entry }) => {
    const found: Placed<Condition>[] = [];
    walkCondition(value, (inner, at) => found.push({ path: [...path, ...at], value: inner, entry }));
    return found;
  });
