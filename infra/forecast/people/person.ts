import { evaluate } from '#conditions/evaluate';
import { iso } from '#kernel/clock';
import { durationMs } from '#kernel/durations';
import type { ContactChannel } from '#model/channel';
import type { Contact } from '#model/contact';
import { hearConsent, suppress } from '#policy/contacts/consent';
import { contactSettingsIn } from '#policy/contacts/contact-settings';
import { updateContact } from '#policy/contacts/update-contact';
import { isWithinGoal } from '#policy/journeys/goal';
import { decideSend } from '#policy/sending/sending';
import { otherwise, skipped } from '#statemachines/compile/form';
import type { Step } from '#statemachines/document/schema';
import type { SendEffect, StepEffect, UpdateEffect } from '#statemachines/steps/effects';
import { runStep } from '#statemachines/steps/run-registry';
import type { DrawnAnswer } from '../rates/resolve.ts';
import { drawDelay } from '../rates/timing.ts';
import type { Setting } from '../setting.ts';
import { Agenda, type Happening } from './agenda.ts';
import { type Chance, pick } from './chance.ts';
import { imagineContact } from './contact.ts';
import { conditionFacts, isSame, type Known, runFacts } from './facts.ts';
import { drawFate } from './fate.ts';
import type { Answers } from './machine.ts';
import { newOutcome, type Outcome } from './outcome.ts';

type Performed = ReturnType<Answers['perform']>;
type Waited = ReturnType<Answers['wait']>;

/** The machine waits in whole seconds, and no less than one. */
const whole = (ms: number): number => Math.max(1, Math.ceil(ms / 1000)) * 1000;

/** Of the machine that holds a click until it is known whether others came with it. */
const transitionsOfClick = 2;

/** Nothing here knows a rule of its own: steps, sends and goals are judged by the code that judges them in runs. */
export class Person implements Answers {
  readonly outcome: Outcome;
  readonly #setting: Setting;
  readonly #chance: Chance;
  readonly #agenda: Agenda;
  readonly #runId: string;
  readonly #reached = new Map<string, number>();
  readonly #jumps = new Map<string, number>();
  readonly #sentBefore: Partial<Record<ContactChannel, number[]>> = {};
  #contact: Contact;
  #now: number;
  #skippedWait: string | undefined;

  constructor(setting: Setting, chance: Chance, index: number) {
    this.#setting = setting;
    this.#chance = chance;
    this.#now = setting.start + Math.floor((setting.overMs * chance()) / 1000) * 1000;
    this.#runId = `forecast-${setting.seed}-${index}`;
    this.#contact = imagineContact(chance, setting.resolved.rates);
    this.#agenda = new Agenda(chance);
    this.#agenda.begin(this.#now, setting.resolved.events);
    this.outcome = newOutcome(this.#now, setting.zoneAt(chance()));
  }

  perform(id: string): Performed {
    if (this.#pass(this.#now) === 'ended') return { holds: 0, ended: true };
    const step = this.#setting.step(id);
    this.#reached.set(id, this.#now);
    if (this.#isSkipped(step)) return this.#skip(step);
    const drawn = this.#drawnAnswer(id);
    if (drawn) return { holds: 0, answer: this.#answer(step, drawn.index, drawn.answer) };
    const done = this.#actAll(step);
    if (!done.ended) this.#done(step);
    return done;
  }

  #actAll(step: Step): Performed {
    let holds = 0;
    let answer: number | undefined;
    for (const effect of runStep({ ...step, if: undefined }, runFacts(this.#known()))) {
      const done = this.#act(step, effect);
      holds += done.holds;
      if (done.ended) return { holds, ended: true };
      answer = done.answer ?? answer;
    }
    return answer === undefined ? { holds } : { holds, answer };
  }

  end({ how, step }: Record<string, string>): void {
    if (how !== 'exited') return;
    this.outcome.how = 'exited';
    if (step !== undefined) this.outcome.steps.push(step);
  }

  #done(step: Step): void {
    this.outcome.steps.push(step.id);
  }

  #isSkipped(step: Step): boolean {
    if (!step.if) return false;
    const share = this.#setting.resolved.conditions.get(step.id);
    return share === undefined ? !evaluate(step.if, conditionFacts(this.#known())) : this.#chance() >= share;
  }

  #skip(step: Step): { answer: number; holds: number } {
    this.outcome.skipped.push({ step: step.id, reason: 'condition' });
    this.outcome.answers.push({ step: step.id, index: skipped, answer: 'skipped', at: this.#now });
    this.#skippedWait = step.id;
    return { answer: skipped, holds: 0 };
  }

  #answer(step: Step, index: number, answer: string): number {
    this.outcome.answers.push({ step: step.id, index, answer, at: this.#now });
    this.#done(step);
    return index;
  }

  /** Decisions whose shares are given; waits and tasks draw theirs when they begin to wait. */
  #drawnAnswer(id: string): DrawnAnswer | undefined {
    const shares = this.#setting.resolved.answers.get(id);
    return shares && !this.#setting.isWait(id) ? (this.#pick(shares) ?? shares.at(-1)) : undefined;
  }

  #pick(shares: readonly DrawnAnswer[]): DrawnAnswer | undefined {
    return shares[
      pick(
        this.#chance,
        shares.map(({ timing }) => timing.rate),
      )
    ];
  }

  #act(step: Step, effect: StepEffect): Performed {
    if (effect.kind === 'send') return this.#send(step, effect);
    if (effect.kind === 'jump') return { answer: this.#jump(step.id, effect.atMost), holds: 0 };
    if (effect.kind === 'answer') {
      const { branch: index, answer } = effect;
      this.outcome.answers.push({ step: step.id, index, answer, at: this.#now });
      return { answer: index, holds: 0 };
    }
    if (effect.kind === 'notify' || effect.kind === 'task')
      this.outcome.told.push({ at: this.#now, step: step.id });
    if (effect.kind === 'emit') this.#agenda.add({ at: this.#now, on: { event: effect.event }, own: true });
    if (effect.kind === 'update') this.#update(step, effect);
    return { holds: 0 };
  }

  #update({ id }: Step, effect: UpdateEffect): void {
    const about = { by: id, at: iso(this.#now), settings: contactSettingsIn(this.#setting.client) };
    this.#contact = updateContact(this.#contact, effect, about).contact;
  }

  #jump(step: string, atMost: number): number {
    const taken = this.#jumps.get(step) ?? 0;
    this.#jumps.set(step, taken + 1);
    return taken < atMost ? 0 : -1;
  }

  #send(step: Step, effect: SendEffect): Performed {
    const { channel } = effect;
    if (this.#setting.isHeldOut(step.id)) {
      this.#notSent(step.id, 'holdout');
      return { holds: 0 };
    }
    const rules = this.#setting.rules(step, effect, this.outcome.zone);
    const asked = { ...rules, topic: effect.topic ?? rules.topic, contact: this.#contact, channel };
    const reachedAt = this.#now;
    for (let holds = 0; ; holds++) {
      const sentBefore = this.#sentBefore[channel] ?? [];
      const decision = decideSend({ ...asked, now: this.#now, reachedAt, sentBefore });
      if (decision.kind !== 'hold') {
        if (decision.kind === 'send') this.#sent(step.id, channel);
        else this.#notSent(step.id, decision.reason);
        return { holds };
      }
      const until = this.#now + whole(decision.until - this.#now);
      if (this.#pass(until) === 'ended') return { holds: holds + 0.5, ended: true };
    }
  }

  #sent(step: string, channel: ContactChannel): void {
    const at = this.#now;
    const { resolved, unsubscribing } = this.#setting;
    this.outcome.messages.push({ at, step, channel });
    this.#sentBefore[channel] = [...(this.#sentBefore[channel] ?? []), at];
    this.#agenda.past.push({ at, on: { message: step, was: 'sent' } });
    const rates = resolved.messages.get(step)!;
    for (const each of drawFate(this.#chance, { at, step, channel }, rates, unsubscribing))
      this.#agenda.add(each);
  }

  #notSent(step: string, reason: string): void {
    this.outcome.skipped.push({ step, reason });
    this.#agenda.past.push({ at: this.#now, on: { message: step, was: 'skipped' } });
  }

  wait(id: string): Waited {
    const { acts, isBranching, resolved, step: stepOf } = this.#setting;
    const step = stepOf(id);
    if (!acts(id)) {
      this.#reached.set(id, this.#now);
      if (this.#isSkipped(step)) this.#skip(step);
    }
    const isPassed = this.#skippedWait === id;
    this.#skippedWait = undefined;
    if (isPassed) return skipped;
    if (!isBranching(id)) return this.#letPass(step);
    const drawn = resolved.answers.get(id);
    return drawn ? this.#drawnWait(step, drawn) : this.#listen(step);
  }

  #letPass(step: Step): Waited {
    const date = this.#setting.resolved.dates.get(step.id);
    const until = date ? this.#now + whole(drawDelay(this.#chance, date)) : this.#untilOf(step);
    if (this.#pass(until) === 'ended') return 'ended';
    this.outcome.steps.push(step.id);
    return 'timeout';
  }

  #untilOf(step: Step): number {
    const effects = runStep({ ...step, if: undefined }, runFacts(this.#known()));
    const wait = effects.find(({ kind }) => kind === 'wait');
    return this.#now + whole((wait?.kind === 'wait' ? wait.until : 0) - this.#now);
  }

  /** Which answer comes, and when, was told by shares: it comes in time, or not. */
  #drawnWait(step: Step, shares: readonly DrawnAnswer[]): Waited {
    const until = this.#untilOf(step);
    const chosen = this.#pick(shares);
    const at = chosen && this.#now + whole(drawDelay(this.#chance, chosen.timing));
    if (!chosen || at === undefined || at >= until) return this.#timeOut(step, until);
    if (this.#pass(at) === 'ended') return 'ended';
    if (step.type === 'task') this.outcome.outcomes.push({ at, step: step.id, outcome: chosen.answer });
    return this.#answer(step, chosen.index, chosen.answer);
  }

  #timeOut(step: Step, until: number): Waited {
    if (this.#pass(until) === 'ended') return 'ended';
    this.#answer(step, otherwise, this.#setting.answerOf(step.id, otherwise));
    return 'timeout';
  }

  /** Asks the step after each thing that happens, as a run does. */
  #listen(step: Step): Waited {
    const asked = { ...step, if: undefined };
    const answered = () => runStep(asked, runFacts(this.#known())).find(({ kind }) => kind === 'answer');
    const until = this.#untilOf(step);
    for (let found = answered(); ; found = answered()) {
      if (found?.kind === 'answer') return this.#answer(step, found.branch, found.answer);
      const next = this.#agenda.next(until);
      if (!next) return this.#timeOut(step, until);
      if (this.#hear(next) === 'ended') return 'ended';
    }
  }

  /** Lets time go by, with all that happens in it. */
  #pass(until: number): 'ended' | undefined {
    for (let next = this.#agenda.next(until); next; next = this.#agenda.next(until))
      if (this.#hear(next) === 'ended') return 'ended';
    this.#now = Math.max(this.#now, until);
    return undefined;
  }

  #hear(happening: Happening): 'ended' | undefined {
    const { on } = happening;
    const { document, holds } = this.#setting;
    this.#now = Math.max(this.#now, happening.at);
    this.outcome.heard.push(happening);
    this.#hearAbout(happening);
    if (this.#isGoal(happening)) {
      this.outcome.converted = true;
      if (document.goal?.exit !== false) return this.#end('goal');
    }
    const rule = (document.exit ?? []).find((each) => each.on && isSame(each.on, on));
    return rule && holds(rule.if, () => conditionFacts(this.#known())) ? this.#end('rule') : undefined;
  }

  /** Where the contact may no longer be written to. */
  #hearAbout({ on }: Happening): void {
    const at = iso(this.#now);
    if ('unsubscribes' in on) {
      const word = { channel: on.unsubscribes, given: false, source: 'unsubscribe' };
      this.#contact = hearConsent(this.#contact, word, at);
    }
    if ('message' in on && on.was === 'bounced') {
      const channel = this.#setting.channelOf(on.message);
      this.#contact = suppress(this.#contact, channel, { reason: 'hard-bounce', at });
    }
  }

  #isGoal({ at, on }: Happening): boolean {
    const { goal } = this.#setting.document;
    return goal !== undefined && isSame(goal.on, on) && isWithinGoal(goal, iso(this.outcome.startedAt), at);
  }

  #end(how: Outcome['how']): 'ended' {
    this.outcome.how = how;
    return 'ended';
  }

  finish(transitions: number): Outcome {
    const clicks = this.outcome.heard.filter(({ on }) => 'message' in on && on.was === 'clicked').length;
    this.outcome.transitions = transitions + clicks * transitionsOfClick;
    this.outcome.endedAt = this.#now;
    this.#hearGoalLater();
    return this.outcome;
  }

  /** A goal counts within its window, also after the end of the run. */
  #hearGoalLater(): void {
    const { goal } = this.#setting.document;
    if (!goal?.within || this.outcome.converted) return;
    const until = this.outcome.startedAt + durationMs(goal.within);
    for (let next = this.#agenda.next(until); next; next = this.#agenda.next(until))
      if (this.#isGoal(next)) {
        this.outcome.converted = true;
        return;
      }
  }

  #known(): Known {
    return {
      ...{ setting: this.#setting, contact: this.#contact, agenda: this.#agenda, now: this.#now },
      ...{ zone: this.outcome.zone, runId: this.#runId, startedAt: this.outcome.startedAt },
      reached: this.#reached,
    };
  }
}
