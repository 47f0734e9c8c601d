import { evaluate } from '#conditions/evaluate';
import type { ConditionFacts } from '#conditions/facts';
import type { Condition } from '#conditions/schema';
import { sceneRules } from '#functions/journeys/running/rules';
import type { Scene } from '#functions/journeys/running/scene';
import { durationMs } from '#kernel/durations';
import type { ContactChannel } from '#model/channel';
import type { Client } from '#model/client';
import type { Rates } from '#model/forecast-rates';
import type { Machine } from '#statemachines/compile/asl';
import { compile } from '#statemachines/compile/compile';
import type { Plan } from '#statemachines/compile/plan';
import type { Journey, Step } from '#statemachines/document/schema';
import type { SendEffect } from '#statemachines/steps/effects';
import { heldOutSteps } from '#statemachines/steps/sequences';
import { isKnowable } from './rates/knowable.ts';
import { type Resolved, resolveRates } from './rates/resolve.ts';
import { type Timing, timingOf } from './rates/timing.ts';

/** What all imagined people of a forecast share. */
export interface Setting {
  document: Journey;
  plan: Plan;
  machine: Machine;
  resolved: Resolved;
  client: Client;
  /** When the first of them comes in; milliseconds since the epoch. */
  start: number;
  /** They come in evenly over so long. */
  overMs: number;
  seed: number;
  trigger: { event: string; type: string; properties: Record<string, unknown> };
  unsubscribing: Timing;
  step(id: string): Step;
  /** Waits and tasks whose answer is awaited. */
  isWait(id: string): boolean;
  isBranching(id: string): boolean;
  /** It does something before it waits. */
  acts(id: string): boolean;
  /** In the author's words. */
  answerOf(id: string, index: number): string;
  /** Within an arm whose messages are not sent. */
  isHeldOut(step: string): boolean;
  channelOf(step: string): ContactChannel;
  /** By a number in [0, 1). */
  zoneAt(draw: number): string;
  rules(step: Step, effect: SendEffect, zone: string): ReturnType<typeof sceneRules>;
  /** Of an exit rule; what cannot be known does not hold. */
  holds(condition: Condition | undefined, facts: () => ConditionFacts): boolean;
}

export interface SettingOptions {
  document: Journey;
  client: Client;
  rates: Rates;
  start: number;
  seed: number;
}

export const createSetting = ({ document, client, rates, start, seed }: SettingOptions): Setting => {
  const { plan, asl } = compile(document);
  const resolved = resolveRates(document, plan, rates);
  const nodeOf = (id: string) => plan.nodes.get(id)!;
  const heldOut = heldOutSteps(document.steps);
  return {
    ...{ document, plan, machine: asl, resolved, client, start, seed },
    overMs: rates.over === undefined ? 0 : durationMs(rates.over),
    trigger: triggerOf(document),
    unsubscribing: timingOf(1, '8 hours'),
    step: (id) => nodeOf(id).step!,
    isWait: (id) => nodeOf(id).kind === 'wait',
    isBranching: (id) => nodeOf(id).branches.length > 0,
    acts: (id) => nodeOf(id).form.acts === true,
    answerOf: (id, index) => nodeOf(id).branches.find((branch) => branch.index === index)?.answer ?? '',
    isHeldOut: (id) => heldOut.has(id),
    channelOf: (id) => nodeOf(id).type as ContactChannel,
    zoneAt: zonesOf(rates, client),
    rules: rulesBy(document, client),
    holds: (condition, facts) =>
      condition === undefined || (isKnowable(condition, rates) && evaluate(condition, facts())),
  };
};

const triggerOf = ({ enter, id }: Journey): Setting['trigger'] => {
  const on = enter.on[0]!;
  if ('event' in on) return { event: on.event, type: 'track', properties: {} };
  if ('form' in on) return { event: on.form, type: 'form', properties: {} };
  return { event: id, type: 'manual', properties: {} };
};

const zonesOf = ({ zones }: Rates, { timezone }: Client) => {
  const shares = Object.entries(zones ?? {});
  return (draw: number): string => {
    let left = draw;
    for (const [zone, share] of shares) {
      left -= share;
      if (left < 0) return zone;
    }
    return shares.at(-1)?.[0] ?? timezone;
  };
};

/** The rules of runs themselves; they depend on the step and the zone only. */
const rulesBy = (document: Journey, client: Client): Setting['rules'] => {
  const known = new Map<string, ReturnType<typeof sceneRules>>();
  return ({ id }, { channel, sending }, zone) => {
    const key = `${id} ${zone}`;
    const rules =
      known.get(key) ?? sceneRules({ version: { document }, client, zone } as Scene, channel, sending);
    known.set(key, rules);
    return rules;
  };
};
