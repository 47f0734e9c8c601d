import type { Sending, Step } from '#statemachines/document/schema';
import { isTrue, zoneOf } from './ask.ts';
import { addSpan, nextTime, quietUntil, readMoment, timeOfDay } from './calendar.ts';
import { readPath } from './conditions.ts';
import { edit, mayBeWrittenTo, viewOf } from './contact.ts';
import { milliseconds, readSpan } from './durations.ts';
import { answerFrom, end, take } from './listen.ts';
import { type Heard, iso, type Life, type Run, type Waiting } from './people.ts';
import type { Visit } from './story.ts';

type Of<T extends Step['type']> = Extract<Step, { type: T }>;

/** The run takes steps until it waits or ends, or has taken so many. */
export const walk = (life: Life, run: Run, most: number, afterStep: () => void): void => {
  run.isWalking = true;
  for (let taken = 0; !run.ended && !run.waiting && taken < most; taken++) {
    if (run.at === undefined) end(life, run, { how: 'completed' });
    else visitStep(life, run, run.at);
    afterStep();
  }
  run.isWalking = false;
};

const note = (life: Life, run: Run, step: Step, more: Partial<Visit>): Visit => {
  const entry = { at: iso(life.now), step: step.id, visit: run.visit, ...more };
  run.path.push(entry);
  return entry;
};

const goOn = (run: Run, step: Step): void => {
  run.at = run.tree.get(step.id)!.next;
};

const visitStep = (life: Life, run: Run, id: string): void => {
  const { step } = run.tree.get(id)!;
  if (isTrue(life, step.if, run))
    (visits[step.type] as (life: Life, run: Run, step: Step) => void)(life, run, step);
  else {
    done(life, run, step, { skipped: 'condition' });
    run.heldSince = undefined;
  }
};

const visits: { [T in Step['type']]: (life: Life, run: Run, step: Of<T>) => void } = {
  email: (life, run, step) => send(life, run, step, 'email', 'email'),
  sms: (life, run, step) => send(life, run, step, 'sms', 'phone'),
  push: (life, run, step) => send(life, run, step, 'push', 'pushEndpoint'),
  notify: (life, run, step) => done(life, run, step, { sent: 'team' }),
  webhook: (life, run, step) => done(life, run, step),
  update(life, run, step) {
    const { tags } = life.contact;
    edit(life.contact, step);
    done(life, run, step);
    const tagsAdded = life.contact.tags.filter((tag) => !tags.includes(tag));
    const change = { tagsAdded, entered: [], left: [] };
    cause(life, run, step, { type: 'change', name: 'Contact Changed', change });
  },
  emit(life, run, step) {
    if (run.depth >= deepest) return done(life, run, step, { skipped: 'too-deep' });
    done(life, run, step);
    cause(life, run, step, { type: 'track', name: step.event, properties: step.properties ?? {} });
  },
  enroll(life, run, step) {
    if (run.depth >= deepest) return done(life, run, step, { skipped: 'too-deep' });
    const handedBy = done(life, run, step);
    cause(life, run, step, {
      ...{ type: 'manual', name: step.journey, properties: run.trigger.properties, handedBy },
    });
  },
  wait: (life, run, step) => wait(life, run, step, 'wait', untilOf(life, run, step)),
  waitFor(life, run, step) {
    wait(life, run, step, 'waitFor', life.now + milliseconds(step.atMost));
    answerFrom(life, run, life.heard);
  },
  task(life, run, step) {
    if (!step.outcomes || !step.atMost) return done(life, run, step);
    wait(life, run, step, 'task', life.now + milliseconds(step.atMost));
  },
  decide(life, run, step) {
    const answer = step.branches.findIndex((branch) => isTrue(life, branch.if, run));
    note(life, run, step, { answer });
    take(run, step, answer);
  },
  split(life, run, step) {
    const answer = armOf(life, run, step);
    note(life, run, step, { answer });
    take(run, step, answer);
  },
  goto(life, run, step) {
    const taken = run.jumps[step.id] ?? 0;
    const again = taken < step.atMost;
    note(life, run, step, { answer: again ? 0 : -1 });
    if (!again) return goOn(run, step);
    run.jumps[step.id] = taken + 1;
    run.visit++;
    run.at = step.step;
  },
  exit: (life, run, step) =>
    end(life, run, { how: 'exited', step: step.id, ...(step.as === undefined ? {} : { as: step.as }) }),
};

const deepest = 8;

const done = (life: Life, run: Run, step: Step, more: Partial<Visit> = {}): Visit => {
  goOn(run, step);
  return note(life, run, step, more);
};

/** What we do to the contact is an event like any other. */
const cause = (
  life: Life,
  run: Run,
  { id: step }: Step,
  what: Pick<Heard, 'type' | 'name'> & Partial<Heard>,
): void => {
  const { visit, name } = run;
  const by = what.type === 'change' ? ('update' as const) : ('event' as const);
  const { delays } = life.house;
  const delay = delays[Math.min(life.caused++, delays.length - 1)] ?? 0;
  const event = {
    ...{ cause: { run: name, step, visit, by }, at: life.now, properties: {}, depth: run.depth + 1 },
    ...{ change: { tagsAdded: [], entered: [], left: [] } },
    ...what,
  } satisfies Heard;
  // What was stored is remembered at once, also before anybody hears it.
  life.heard.push(event);
  life.pending.push({ event, delay });
};

const armOf = ({ house }: Life, { name }: Run, { id, arms, sticky }: Of<'split'>): number => {
  const draw = sticky ? house.dice.forContact(name.journey, id) : house.dice.forRun(name, id);
  let upTo = 0;
  return arms.findIndex(({ weight }) => {
    upTo += weight;
    return draw * 100 < upTo;
  });
};

const wait = (life: Life, run: Run, step: Step, kind: Waiting['kind'], until: number): void => {
  const entry = note(life, run, step, {});
  run.waiting = { kind, step: step.id, visit: run.visit, until: inSeconds(life, until), entry };
};

/** Step Functions waits for whole seconds. */
const inSeconds = ({ now }: Life, until: number): number =>
  now + Math.max(0, Math.ceil((until - now) / 1000)) * 1000;

const untilOf = (life: Life, run: Run, step: Of<'wait'>): number => {
  const { now, house } = life;
  if (typeof step.for === 'string') return now + milliseconds(step.for);
  if (step.for) {
    const [shortest, longest] = step.for.between.map(milliseconds) as [number, number];
    const drawn = house.dice.forRun(run.name, step.id) * (longest - shortest);
    return now + shortest + Math.round(drawn / 1000) * 1000;
  }
  const { until } = step;
  if (!until) return now;
  const zone = zoneOf(life);
  if ('time' in until) {
    const own = until.timezone === undefined || until.timezone === 'contact' ? zone : until.timezone;
    // In a loop the moment at which this very wait just ended is not waited for again.
    return nextTime(run.waitedUntil[step.id] === now ? now + 1 : now, own, until.time, until.days);
  }
  const date = readMoment(
    readPath({ contact: viewOf(life.contact), trigger: run.trigger }, until.date),
    zone,
  );
  if (!date) return now;
  const shifted = until.offset ? addSpan(date.from, readSpan(until.offset), zone) : date.from;
  return until.at ? timeOfDay(shifted, until.at, zone) : shifted;
};

type Message = Of<'email' | 'sms' | 'push'>;

const send = (life: Life, run: Run, step: Message, channel: Channel, field: string): void => {
  const since = run.heldSince ?? life.now;
  const own = { ...run.document.sending, ...step.sending };
  const rules = { ...own, class: own.class ?? 'marketing' };
  const skipped = run.tree.get(step.id)!.isHeldOut
    ? 'holdout'
    : (refusedByContact(life, { channel, field, rules, topic: step.topic ?? rules.topic }) ??
      (life.now - since > freshFor(rules) ? 'stale' : undefined));
  const quiet = skipped === undefined ? quietOf(life, rules) : undefined;
  if (skipped !== undefined) finish(life, run, step, { skipped });
  else if (quiet !== undefined) beQuiet(life, run, step, { quiet, since, rules });
  else if (isFull(life, channel, rules)) finish(life, run, step, { skipped: 'cap' });
  else {
    if (rules.cap?.[channel] || rules.class === 'marketing') life.sentAt[channel]?.push(life.now);
    finish(life, run, step, { sent: channel });
  }
};

type Channel = 'email' | 'sms' | 'push';
type Rules = Sending & { class: string };

const finish = (life: Life, run: Run, step: Step, what: Partial<Visit>): void => {
  run.heldSince = undefined;
  done(life, run, step, what);
};

/** Marketing is stale after a day where nothing else was said. */
const freshFor = ({ freshFor: text, class: kind }: Rules): number =>
  text !== undefined ? milliseconds(text) : kind === 'marketing' ? 24 * 3_600_000 : Number.POSITIVE_INFINITY;

const refusedByContact = (
  { contact }: Life,
  {
    channel,
    field,
    rules,
    topic,
  }: { channel: Channel; field: string; rules: Rules; topic: string | undefined },
): string | undefined => {
  const isMarketing = rules.class === 'marketing';
  const closed = contact.closed[channel];
  if (!contact.fields[field]) return 'no-address';
  if (closed && (isMarketing || closed !== 'unsubscribe')) return 'suppressed';
  return isMarketing && !mayBeWrittenTo(contact, channel, topic) ? 'no-consent' : undefined;
};

const quietOf = (life: Life, { quietHours, timezone = 'contact' }: Rules): number | undefined =>
  quietHours && quietUntil(life.now, quietHours, timezone === 'contact' ? zoneOf(life) : timezone);

/** What would be stale when the quiet is over is not held in vain. */
const beQuiet = (
  life: Life,
  run: Run,
  step: Step,
  { quiet, since, rules }: { quiet: number; since: number; rules: Rules },
): void => {
  const skipped =
    rules.quietHours?.then === 'skip' ? 'quiet-hours' : quiet - since > freshFor(rules) ? 'stale' : undefined;
  if (skipped !== undefined) finish(life, run, step, { skipped });
  else {
    run.heldSince = since;
    run.waiting = {
      kind: 'hold',
      step: step.id,
      visit: run.visit,
      until: inSeconds(life, quiet),
      entry: undefined,
    };
  }
};

const isFull = ({ sentAt, now }: Life, channel: Channel, { cap }: Rules): boolean => {
  const rule = cap?.[channel];
  const counted = sentAt[channel]?.filter((at) => rule && at > now - milliseconds(rule.per)) ?? [];
  return rule !== undefined && counted.length >= rule.atMost;
};
