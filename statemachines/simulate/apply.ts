import { durationMs } from '#kernel/durations';
import { isWithin, nextTime } from '#kernel/zones';
import type { PlanNode } from '../compile/plan.ts';
import type { Sending } from '../document/schema.ts';
import type { SendEffect, StepEffect, UpdateEffect } from '../steps/effects.ts';
import type { Changed } from './solve.ts';
import type { Quiet, Trip } from './trip.ts';

/** What an action or a plain wait does to the trip. */
export const apply = (trip: Trip, node: PlanNode, effects: readonly StepEffect[]): void => {
  for (const effect of effects) {
    if (effect.kind === 'update') trip.changed = changedBy(trip.changed, effect);
    else if (effect.kind === 'send') send(trip, node.id, effect);
    else if (effect.kind === 'webhook') effect.saveAs !== undefined && trip.saved.add(effect.saveAs);
    else if (effect.kind === 'emit')
      trip.events.push({ at: trip.now, what: { event: effect.event }, properties: {}, own: true });
    else if (effect.kind === 'wait') trip.now = Math.max(trip.now, effect.until);
  }
};

const changedBy = ({ fields, tags, score }: Changed, effect: UpdateEffect): Changed => ({
  fields: new Map([
    ...fields,
    ...Object.entries(effect.set ?? {}),
    ...(effect.unset ?? []).map((name) => [name, undefined] as const),
    ...(effect.stage === undefined ? [] : [['stage', effect.stage] as const]),
  ]),
  tags: new Map([
    ...tags,
    ...(effect.addTags ?? []).map((tag) => [tag, true] as const),
    ...(effect.removeTags ?? []).map((tag) => [tag, false] as const),
  ]),
  score: score + (effect.addScore ?? 0),
});

/** Quiet hours hold a message, or let it fall. */
const send = (trip: Trip, step: string, effect: SendEffect): void => {
  if (trip.world.heldOut.has(step)) {
    trip.skipped.add(step);
    return;
  }
  const sending: Sending = { ...trip.world.document.sending, ...effect.sending };
  const quiet = quietFor(trip, sending, effect.channel);
  if (quiet && (quiet.skips || isStale(sending, quiet.until - trip.now))) {
    trip.skipped.add(step);
    return;
  }
  trip.now = quiet?.until ?? trip.now;
  trip.sent.set(step, { at: trip.now, channel: effect.channel });
};

/** The author's quiet hours, else what the client says of advertising. */
const quietFor = ({ now, world }: Trip, sending: Sending, channel: string): Quiet | undefined => {
  const { quietHours, timezone, class: kind = 'marketing' } = sending;
  const zone = timezone === undefined || timezone === 'contact' ? world.zone : timezone;
  if (!quietHours) return kind === 'marketing' ? world.usualQuiet(channel, now, zone) : undefined;
  if (!isWithin(now, zone, quietHours)) return undefined;
  return { until: nextTime(now, zone, quietHours.to), skips: quietHours.then === 'skip' };
};

const isStale = ({ freshFor }: Sending, held: number): boolean =>
  freshFor !== undefined && held > durationMs(freshFor);
