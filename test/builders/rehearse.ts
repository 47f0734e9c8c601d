import { evaluate } from '#conditions/evaluate';
import type { ConditionFacts } from '#conditions/facts';
import { offset, toMilliseconds } from '#kernel/durations';
import { isWithin, nextTime } from '#kernel/zones';
import type { SimulationEvent } from '#model/simulation';
import { createPlan, type PlanNode } from '#statemachines/compile/plan';
import type { Journey } from '#statemachines/document/schema';
import type { Path } from '#statemachines/simulate/paths';
import type { Heard, RunFacts, StepEffect } from '#statemachines/steps/effects';
import { runStep } from '#statemachines/steps/run-registry';

/** What became of a run that had the contact and the events of a path. */
export interface Rehearsal {
  ended: 'completed' | 'exited' | 'goal' | 'not-entered';
  answers: { step: string; answer: string }[];
  steps: string[];
}

/** Plays a path by the steps' own run code, one contact, no engine: what the search for paths is held to. */
export const rehearse = (document: Journey, path: Path, start: number): Rehearsal =>
  new Stage(document, path, start).play();

type Happening = SimulationEvent & { ms: number };

class Stage {
  readonly #document: Journey;
  readonly #path: Path;
  readonly #start: number;
  readonly #zone: string;
  readonly #events: Happening[];
  readonly #sent = new Set<string>();
  readonly #contact: Record<string, unknown>;
  readonly #result: Rehearsal = { ended: 'completed', answers: [], steps: [] };
  #now: number;

  constructor(document: Journey, path: Path, start: number) {
    this.#document = document;
    this.#path = path;
    this.#start = start;
    this.#now = start;
    this.#zone = String(path.contact.timezone);
    this.#contact = { score: 0, tags: [], ...structuredClone(path.contact) };
    this.#events = path.events.map((event) => ({ ...event, ms: start + toMilliseconds(offset(event.at)) }));
  }

  play(): Rehearsal {
    const { enter } = this.#document;
    if (enter.if && !evaluate(enter.if, this.#facts().conditions))
      return { ...this.#result, ended: 'not-entered' };
    const plan = createPlan(this.#document);
    for (let id: string | undefined = plan.start; id !== undefined && this.#result.ended === 'completed'; ) {
      const node: PlanNode | undefined = plan.nodes.get(id);
      id = node && node.kind !== 'end' ? this.#act(node) : undefined;
    }
    return this.#result;
  }

  /** Id of the next node. */
  #act(node: PlanNode): string | undefined {
    const step = node.step!;
    if (step.if && !evaluate(step.if, this.#facts().conditions)) return this.#pass(node);
    this.#result.steps.push(node.id);
    if (node.kind === 'exit') {
      this.#result.ended = 'exited';
      return undefined;
    }
    const arm = this.#path.arms[node.id];
    const effects = arm === undefined ? runStep(step, this.#facts()) : [drawnArm(node, arm)];
    for (const effect of effects) this.#undergo(node, effect);
    if (node.branches.length === 0) return node.edges[0]?.to;
    return this.#answer(node, this.#awaited(node, effects));
  }

  #pass(node: PlanNode): string | undefined {
    if (node.branches.length > 0) this.#result.answers.push({ step: node.id, answer: 'skipped' });
    return node.edges.find(({ kind }) => kind === 'skip' || kind === 'next')?.to;
  }

  #undergo(node: PlanNode, effect: StepEffect): void {
    if (effect.kind === 'send') this.#send(node.id, effect.channel);
    if (effect.kind === 'wait' && node.branches.length === 0) this.#elapse(effect.until);
    if (effect.kind !== 'update') return;
    Object.assign(this.#contact, effect.set, effect.stage && { stage: effect.stage });
    for (const name of effect.unset ?? []) delete this.#contact[name];
    const tags = new Set([...(this.#contact.tags as string[]), ...(effect.addTags ?? [])]);
    for (const tag of effect.removeTags ?? []) tags.delete(tag);
    this.#contact.tags = [...tags];
    this.#contact.score = (this.#contact.score as number) + (effect.addScore ?? 0);
  }

  #send(step: string, channel: string): void {
    const quiet = this.#document.sending?.quietHours;
    if (quiet && isWithin(this.#now, this.#zone, quiet))
      this.#elapse(nextTime(this.#now, this.#zone, quiet.to));
    if ((this.#contact.consent as string[]).includes(channel)) this.#sent.add(step);
  }

  /** Time passes; a goal or an exit rule that is heard meanwhile ends the run. */
  #elapse(until: number): void {
    const { goal, exit = [] } = this.#document;
    const heard = this.#events.filter(({ ms }) => ms > this.#now && ms <= until);
    if (goal && goal.exit !== false && heard.some((event) => isHeard(goal.on, event)))
      this.#result.ended = 'goal';
    if (exit.some((rule) => rule.on && heard.some((event) => isHeard(rule.on!, event))))
      this.#result.ended = 'exited';
    this.#now = Math.max(this.#now, until);
  }

  #awaited(node: PlanNode, effects: readonly StepEffect[]): StepEffect | undefined {
    const answered = effects.find(({ kind }) => kind === 'answer');
    const wait = effects.find(({ kind }) => kind === 'wait');
    if (answered || wait?.kind !== 'wait') return answered;
    for (const { ms } of this.#events
      .filter(({ ms }) => ms > this.#now && ms <= wait.until)
      .sort((a, b) => a.ms - b.ms)) {
      this.#elapse(ms);
      const again = runStep(node.step!, this.#facts()).find(({ kind }) => kind === 'answer');
      if (again) return again;
    }
    this.#elapse(wait.until);
    return undefined;
  }

  #answer(node: PlanNode, effect: StepEffect | undefined): string | undefined {
    const index = effect?.kind === 'answer' ? effect.branch : -1;
    const branch = node.branches.find((each) => each.index === index);
    this.#result.answers.push({ step: node.id, answer: branch?.answer ?? '?' });
    return branch?.to;
  }

  #facts(): RunFacts {
    const { on, properties } = this.#path.trigger;
    const trigger =
      'event' in on
        ? { event: on.event, type: 'track', properties }
        : { event: '', type: 'manual', properties };
    const past = this.#events.filter(({ ms }) => ms <= this.#now);
    const began = 'event' in on ? [{ ms: this.#start, event: on.event, properties }] : [];
    const conditions: ConditionFacts = {
      contact: this.#contact,
      trigger,
      now: this.#now,
      zone: this.#zone,
      consent: (key) => (this.#contact.consent as string[]).includes(key),
      inSegment: () => false,
      did: (name) =>
        [...began, ...past].flatMap((event) =>
          'event' in event && event.event === name ? [{ at: event.ms, properties: event.properties }] : [],
        ),
      message: (step, was) =>
        was === 'sent'
          ? [...this.#sent].filter((id) => id === step).map(() => ({ at: this.#now }))
          : past.flatMap((event) =>
              'message' in event && event.message === step && event.was === was ? [{ at: event.ms }] : [],
            ),
    };
    return {
      now: this.#now,
      zone: this.#zone,
      run: { id: 'run', journey: this.#document.id, contact: 'contact', startedAt: this.#start },
      conditions,
      heard: (awaited, since) =>
        past.filter((event) => event.ms >= since && isHeard(awaited, event)).map(asHeard),
      reached: () => undefined,
      outcome: (step) =>
        past.flatMap((event) => ('task' in event && event.task === step ? [event.outcome] : []))[0],
    };
  }
}

const asHeard = (event: Happening): Heard => ({
  at: event.ms,
  trigger: {
    event: 'event' in event ? event.event : '',
    type: 'track',
    properties: 'properties' in event ? event.properties : {},
  },
});

const isHeard = (on: object, event: object): boolean =>
  Object.entries(on).every(([name, value]) => (event as Record<string, unknown>)[name] === value);

const drawnArm = (node: PlanNode, arm: string): StepEffect => ({
  kind: 'answer',
  branch: node.branches.findIndex(({ answer }) => answer === arm),
  answer: arm,
});
