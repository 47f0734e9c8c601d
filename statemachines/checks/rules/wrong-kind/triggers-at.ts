import type { Condition } from '#conditions/schema';
import type { AwaitedTrigger, Trigger } from '#conditions/triggers';
import { isObject } from '#kernel/json';
import type { Journey } from '../../../document/schema.ts';
import type { JourneyView, Placed } from '../../view.ts';

type On = Trigger | AwaitedTrigger;

/**
 * What `trigger` may mean where a condition stands: what an exit rule or a branch of `waitFor` hears,
 * else what the journey begins with.
 */
export const triggersAt = (view: JourneyView, { path, entry }: Placed<Condition>): readonly On[] => {
  const own = ownTrigger(view, { path, entry });
  if (own) return [own];
  const { enter } = view.raw as Partial<Journey>;
  return isObject(enter) && Array.isArray(enter.on) ? enter.on.filter(isObject) : [];
};

const ownTrigger = (
  view: JourneyView,
  { path, entry }: Pick<Placed<Condition>, 'path' | 'entry'>,
): On | undefined => {
  if (path[0] === 'exit') return (view.raw as Partial<Journey>).exit?.[Number(path[1])]?.on;
  if (entry?.step?.type !== 'waitFor') return undefined;
  const [member, index] = path.slice(entry.path.length);
  return member === 'branches' ? entry.step.branches[Number(index)]?.on : undefined;
};

const types = (on: On): readonly string[] | undefined => {
  if ('form' in on) return ['form'];
  if ('event' in on) return ['track', 'page', 'screen'];
  if ('date' in on) return ['date'];
  if ('message' in on) return ['message'];
  // A tag or a segment can change with anything.
  return 'manual' in on ? ['manual'] : undefined;
};

const names = (on: On): readonly string[] | undefined => {
  if ('form' in on) return [on.form];
  if ('event' in on) return [on.event];
  return 'date' in on ? [on.date] : undefined;
};

/** The values that can stand there; `undefined` when that is not known. Another journey may hand contacts in. */
export const allowedOf = (what: 'type' | 'event', triggers: readonly On[]): readonly string[] | undefined => {
  const all = triggers.map(what === 'type' ? types : names);
  if (all.length === 0 || all.some((values) => !values)) return undefined;
  return [...new Set([...all.flatMap((values) => values ?? []), ...(what === 'type' ? ['manual'] : [])])];
};
