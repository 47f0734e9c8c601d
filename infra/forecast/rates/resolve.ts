import type { Condition } from '#conditions/schema';
import type { AwaitedTrigger, Trigger } from '#conditions/triggers';
import type { Issue } from '#kernel/issue';
import { nearest } from '#kernel/nearest';
import { type Engagement, type EventRate, type Rate, type Rates, stepMembers } from '#model/forecast-rates';
import type { Plan, PlanNode } from '#statemachines/compile/plan';
import type { Journey } from '#statemachines/document/schema';
import { isKnowable } from './knowable.ts';
import { type Timing, timingOf } from './timing.ts';
import { typical, usualMedian } from './typical.ts';

/** What becomes of one message. */
export interface MessageRates {
  delivered: number;
  opened: Timing;
  clicked: Timing;
  unsubscribed: number;
}

/** An answer that is drawn, and when it comes. */
export interface DrawnAnswer {
  /** Of the branch; -1 falls through. */
  index: number;
  answer: string;
  timing: Timing;
}

/** Rates of one journey, complete: each step and trigger has what the walk asks for. */
export interface Resolved {
  rates: Rates;
  messages: ReadonlyMap<string, MessageRates>;
  /** Steps whose answer is drawn: shares by index of the branch. Others judge for themselves. */
  answers: ReadonlyMap<string, DrawnAnswer[]>;
  /** Share that does the step, where it has an `if` that cannot be judged. */
  conditions: ReadonlyMap<string, number>;
  /** Length of waits for a date. */
  dates: ReadonlyMap<string, Timing>;
  events: readonly { on: Trigger | AwaitedTrigger; rate: EventRate }[];
  /** What nobody said, in words. */
  assumed: string[];
  issues: Issue[];
}

interface Work {
  rates: Rates;
  assumed: string[];
  issues: Issue[];
  lenient: boolean;
}

/** Everything that is missing or impossible at once. */
export const resolveRates = (document: Journey, plan: Plan, rates: Rates): Resolved => {
  const work: Work = { rates, assumed: [], issues: [], lenient: rates.defaults === 'typical' };
  const nodes = [...plan.nodes.values()].filter(({ step }) => step !== undefined);
  refuseUnknown(work, nodes);
  const sends = nodes.filter(({ type }) => type in typical.messages);
  const resolved = {
    messages: new Map(sends.map((node) => [node.id, messageRates(work, node)])),
    answers: new Map(
      nodes.flatMap((node) => {
        const answers = node.branches.length > 0 ? answersOf(work, node) : undefined;
        return answers ? [[node.id, answers] as const] : [];
      }),
    ),
    conditions: new Map(nodes.flatMap((node) => conditionOf(work, node))),
    dates: new Map(nodes.flatMap((node) => dateOf(work, node))),
    events: eventsOf(work, document, nodes),
  };
  checkZones(work);
  if (document.enter.if && rates.enters === undefined)
    work.assumed.push('everybody of the audience is let in ("enters": 1)');
  return { rates, ...resolved, assumed: work.assumed, issues: work.issues };
};

const problem = ({ issues }: Work, code: string, path: string, message: string, hint?: string): void => {
  issues.push({ code, severity: 'error', path, message, ...(hint && { hint }) });
};

/** Missing: taken from the defaults, and said so, or refused. */
const missing = <T>(
  work: Work,
  value: T,
  what: { path: string; needed: string; assumed: string; write: string },
): T => {
  if (work.lenient) work.assumed.push(what.assumed);
  else problem(work, 'missing-rate', what.path, what.needed, `write ${what.write}, or "defaults": "typical"`);
  return value;
};

const refuseUnknown = (work: Work, nodes: readonly PlanNode[]): void => {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  for (const [id, members] of Object.entries(work.rates.steps ?? {})) {
    const node = byId.get(id);
    if (!node) {
      const like = nearest(id, [...byId.keys()]);
      problem(
        work,
        'unknown-step',
        `/steps/${id}`,
        `the journey has no step "${id}"`,
        like && `did you mean "${like}"?`,
      );
      continue;
    }
    const known = [...answerNames(node), ...stepMembers];
    for (const name of Object.keys(members))
      if (!known.includes(name))
        problem(
          work,
          'unknown-answer',
          `/steps/${id}/${name}`,
          `step "${id}" has no answer "${name}"; it has ${
            answerNames(node)
              .map((answer) => `"${answer}"`)
              .join(', ') || 'none'
          }`,
        );
  }
};

const answerNames = (node: PlanNode): string[] => {
  const outcomes = node.step && 'outcomes' in node.step ? (node.step.outcomes ?? []) : [];
  return [...new Set([...node.branches.map(({ answer }) => answer), ...outcomes])];
};

const isRate = (value: unknown): value is Rate => typeof value !== 'string' && value !== undefined;

const stepRate = ({ rates }: Work, id: string, name: string): Rate | undefined => {
  const value = rates.steps?.[id]?.[name];
  return isRate(value) ? value : undefined;
};

const messageRates = (work: Work, { id, type }: PlanNode): MessageRates => {
  const channel = type as keyof typeof typical.messages;
  const usual = typical.messages[channel];
  const given = <K extends keyof Engagement>(name: K): Rate | undefined =>
    stepRate(work, id, name) ?? work.rates.messages?.[channel]?.[name];
  const known = (['opened', 'clicked'] as const).filter((name) => given(name) !== undefined);
  if (known.length < 2 && work.rates.messages?.[channel] === undefined)
    missing(work, undefined, {
      path: `/messages/${channel}`,
      needed: `nothing says what becomes of the message "${id}"`,
      assumed: `${channel} "${id}": ${told(usual)}`,
      write: `"messages": { "${channel}": { "opened": { "rate": 0.35, "median": "6 hours" }, "clicked": 0.04 } }`,
    });
  const delivered = given('delivered') ?? usual.delivered;
  const [opened, clicked] = [given('opened') ?? usual.opened, given('clicked') ?? usual.clicked];
  const found = {
    delivered: typeof delivered === 'number' ? delivered : delivered.rate,
    opened: timingOf(opened, usualMedian.opened),
    clicked: timingOf(clicked, usualMedian.clicked),
    unsubscribed: shareOf(given('unsubscribed') ?? usual.unsubscribed),
  };
  if (Math.max(found.opened.rate, found.clicked.rate) > found.delivered)
    problem(
      work,
      'impossible-rate',
      `/steps/${id}`,
      `"${id}": ${Math.max(found.opened.rate, found.clicked.rate)} open or click, but only ${found.delivered} are delivered`,
      'all are shares of the messages sent',
    );
  return found;
};

const told = ({
  delivered,
  opened,
  clicked,
  unsubscribed,
}: (typeof typical.messages)['email' | 'sms' | 'push']): string =>
  `delivered ${delivered}, opened ${tellRate(opened)}, clicked ${tellRate(clicked)}, unsubscribed ${unsubscribed}`;

const tellRate = (rate: Rate): string =>
  typeof rate === 'number'
    ? String(rate)
    : `${rate.rate}${rate.median ? ` within median ${rate.median}` : ''}`;

const shareOf = (rate: Rate): number => (typeof rate === 'number' ? rate : rate.rate);

type Drawn = DrawnAnswer[];

/** `undefined`: the step judges for itself, by what the forecast knows. */
const answersOf = (work: Work, node: PlanNode): Drawn | undefined => {
  const given = answerNames(node).filter((name) => stepRate(work, node.id, name) !== undefined);
  if (given.length > 0) return drawnAnswers(work, node, given);
  if (node.branches.some(({ way }) => way?.by === 'outcome'))
    return missingAnswers(work, node, typical.taskAnswered);
  if (node.branches.some(({ way }) => way?.by === 'event')) return awaitedAnswers(work, node);
  const asked = node.branches.flatMap(({ way }) => (way?.by === 'condition' ? [way.holds] : []));
  if (asked.every((condition) => isKnowable(condition, work.rates))) return undefined;
  return missingAnswers(work, node, 1);
};

const awaitedAnswers = (work: Work, node: PlanNode): Drawn | undefined => {
  const unknown = node.branches.filter(({ way }) => way?.by === 'event' && !isHeardBy(work, way.on, way.if));
  return unknown.length === 0 ? undefined : missingAnswers(work, node, typical.waitAnswered);
};

const isHeardBy = (work: Work, on: AwaitedTrigger, condition: Condition | undefined): boolean =>
  (condition === undefined || isKnowable(condition, work.rates)) &&
  ('message' in on || eventRateOf(work.rates, on) !== undefined);

const drawnAnswers = (work: Work, node: PlanNode, given: readonly string[]): Drawn => {
  const rates = given.map((name) => [name, stepRate(work, node.id, name)!] as const);
  const sum = rates.reduce((all, [, rate]) => all + shareOf(rate), 0);
  if (sum > 1 + 1e-9)
    problem(
      work,
      'impossible-rate',
      `/steps/${node.id}`,
      `the answers of "${node.id}" sum to ${Math.round(sum * 1000) / 1000}; shares sum to at most 1`,
    );
  if (!hasRest(node, given) && sum < 1 - 1e-6)
    problem(
      work,
      'impossible-rate',
      `/steps/${node.id}`,
      `the answers of "${node.id}" sum to ${Math.round(sum * 1000) / 1000}, and every answer has a share; they must sum to 1`,
    );
  const drawn = rates.map(([answer, rate]) => ({
    ...placeOf(node, answer),
    timing: timingOf(rate, usualMedian.answer),
  }));
  return node.kind === 'wait' ? drawn : [...drawn, ...restOf(node, given, 1 - sum)];
};

/** Answers of a decision that have no share divide what the others leave. */
const restOf = (node: PlanNode, given: readonly string[], left: number): Drawn => {
  const others = node.branches.filter(({ answer }) => !given.includes(answer));
  const timing = timingOf(Math.max(0, left) / Math.max(1, others.length), usualMedian.answer);
  return others.map(({ index, answer }) => ({ index, answer, timing }));
};

/** Somebody is left for what has no share: an answer without one, or the end of the time. */
const hasRest = (node: PlanNode, given: readonly string[]): boolean =>
  node.kind === 'wait' || node.branches.some(({ answer }) => !given.includes(answer));

/** An outcome that has no branch falls through to `otherwise`. */
const placeOf = (node: PlanNode, answer: string): { index: number; answer: string } => ({
  index: node.branches.find((branch) => branch.answer === answer)?.index ?? -1,
  answer,
});

const missingAnswers = (work: Work, node: PlanNode, inAll: number): Drawn => {
  const names = answerNames(node).filter((name) => node.kind !== 'wait' || placeOf(node, name).index >= 0);
  const each = Math.round((1000 * inAll) / names.length) / 1000;
  const written = names.map((name) => `"${name}": ${each}`).join(', ');
  missing(work, undefined, {
    path: `/steps/${node.id}`,
    needed: `nothing says how many take which answer of "${node.id}"`,
    assumed: `${node.type} "${node.id}": ${written}`,
    write: `"steps": { "${node.id}": { ${written} } }`,
  });
  const timing = timingOf(inAll / names.length, usualMedian.answer);
  return names.map((name) => ({ ...placeOf(node, name), timing }));
};

const conditionOf = (work: Work, { id, step }: PlanNode): [string, number][] => {
  if (!step?.if) return [];
  const given = stepRate(work, id, 'if');
  if (given !== undefined) return [[id, shareOf(given)]];
  if (isKnowable(step.if, work.rates)) return [];
  const share = missing(work, typical.conditionMet, {
    path: `/steps/${id}/if`,
    needed: `nothing says for how many the condition of "${id}" is met`,
    assumed: `"${id}": its condition is met for ${typical.conditionMet}`,
    write: `"steps": { "${id}": { "if": 0.8 } }`,
  });
  return [[id, share]];
};

const dateOf = (work: Work, { id, step }: PlanNode): [string, Timing][] => {
  if (step?.type !== 'wait' || !step.until || !('date' in step.until)) return [];
  const given = work.rates.steps?.[id]?.lasts;
  if (typeof given === 'string') return [[id, timingOf(1, given)]];
  const lasts = missing(work, typical.dateAhead, {
    path: `/steps/${id}/lasts`,
    needed: `nothing says how far ahead the date of "${id}" is`,
    assumed: `"${id}" lasts ${typical.dateAhead} (median)`,
    write: `"steps": { "${id}": { "lasts": "14 days" } }`,
  });
  return [[id, timingOf(1, lasts)]];
};

const eventRateOf = (rates: Rates, on: Trigger | AwaitedTrigger): EventRate | undefined => {
  if ('event' in on) return rates.events?.[on.event];
  if ('form' in on) return rates.forms?.[on.form];
  if ('tag' in on) return rates.tags?.[on.tag];
  return 'segment' in on ? rates.segments?.[on.segment] : undefined;
};

/** What is heard by goal, exits and waits, and asked for by conditions; once each. */
const eventsOf = (
  work: Work,
  { goal, exit = [] }: Journey,
  nodes: readonly PlanNode[],
): Resolved['events'] => {
  const rules = [goal?.on, ...exit.map(({ on }) => on)].filter((on) => on !== undefined);
  const awaited = nodes.flatMap(({ branches }) =>
    branches.flatMap(({ way }) => (way?.by === 'event' && !('message' in way.on) ? [way.on] : [])),
  );
  const asked = Object.keys(work.rates.events ?? {}).map((event) => ({ event }));
  const found = new Map([...rules, ...awaited, ...asked].map((on) => [JSON.stringify(on), on]));
  const heard = new Set(rules.map((on) => JSON.stringify(on)));
  return [...found].flatMap(([key, on]) => {
    const rate = eventRateOf(work.rates, on);
    if (rate === undefined && heard.has(key)) work.assumed.push(`${describeOn(on)} never happens`);
    return rate === undefined ? [] : [{ on, rate }];
  });
};

const describeOn = (on: Trigger | AwaitedTrigger): string => {
  const [kind = '', name] = Object.entries(on)[0] ?? [];
  return `the ${kind} ${JSON.stringify(name)}`;
};

const checkZones = (work: Work): void => {
  const sum = Object.values(work.rates.zones ?? {}).reduce((all, share) => all + share, 0);
  if (work.rates.zones && Math.abs(sum - 1) > 1e-6)
    problem(work, 'impossible-rate', '/zones', `the shares of the zones sum to ${sum}; they must sum to 1`);
};
