import type { MessageState } from '#conditions/schema';
import type { AwaitedTrigger, Trigger } from '#conditions/triggers';
import type { ContactChannel } from '#model/channel';
import type { EventRate } from '#model/forecast-rates';
import { drawDelay, timingOf } from '../rates/timing.ts';
import { usualMedian } from '../rates/typical.ts';
import { type Chance, exponential } from './chance.ts';

/** Something that happens to one imagined person. */
export interface Happening {
  /** Milliseconds since the epoch. */
  at: number;
  on: Trigger | AwaitedTrigger | { unsubscribes: ContactChannel };
  /** The journey made it happen itself. */
  own?: true;
}

const day = 86_400_000;

/** What will happen to one person, in order of time. Events that come again and again are drawn as time goes by. */
export class Agenda {
  readonly past: Happening[] = [];
  #coming: Happening[] = [];
  readonly #again: { on: Happening['on']; everyMs: number }[] = [];
  readonly #chance: Chance;

  constructor(chance: Chance) {
    this.#chance = chance;
  }

  /** Draws when, if at all, each event comes for the first time. */
  begin(start: number, events: readonly { on: Happening['on']; rate: EventRate }[]): void {
    for (const { on, rate } of events) {
      if (typeof rate === 'object' && 'perDay' in rate) this.#repeat(start, on, rate.perDay);
      else {
        const timing = timingOf(rate, usualMedian.event);
        if (this.#chance() < timing.rate) this.add({ at: start + drawDelay(this.#chance, timing), on });
      }
    }
  }

  #repeat(start: number, on: Happening['on'], perDay: number): void {
    if (perDay <= 0) return;
    const everyMs = day / perDay;
    this.#again.push({ on, everyMs });
    this.add({ at: this.#after(start, everyMs), on });
  }

  #after(from: number, everyMs: number): number {
    return from + Math.max(1000, Math.round((exponential(this.#chance) * everyMs) / 1000) * 1000);
  }

  add(happening: Happening): void {
    let i = this.#coming.length;
    while (i > 0 && this.#coming[i - 1]!.at > happening.at) i--;
    this.#coming.splice(i, 0, happening);
  }

  /** The next one up to `until`; it is the past from then on. */
  next(until: number): Happening | undefined {
    const first = this.#coming[0];
    if (!first || first.at > until) return undefined;
    this.#coming.shift();
    this.past.push(first);
    const again = this.#again.find(({ on }) => on === first.on);
    if (again) this.add({ at: this.#after(first.at, again.everyMs), on: first.on });
    return first;
  }

  /** When a message of a step became what. */
  message(step: string, was: MessageState): number[] {
    return this.past.flatMap(({ at, on }) =>
      'message' in on && on.message === step && on.was === was ? [at] : [],
    );
  }
}
