import type { Step } from '#statemachines/document/schema';
import { isTrue, zoneOf } from './ask.ts';
import { addSpan, nextTime, quietUntil, readMoment, timeOfDay } from './calendar.ts';
import { readPath } from './conditions.ts';
import { edit, mayBeWrittenTo, viewOf } from './contact.ts';
import { milliseconds, readSpan } from './durations.ts';
import { answerFrom } from './hear.ts';
import { type Heard, iso, type Life, type Run, type Waiting } from './people.ts';
import type { Visit } from './story.ts';
import { waysOf } from './tree.ts';

type Of<T extends Step['type']> = Extract<Step, { type: T }>;

/** The run takes steps until it waits or ends. */
export const walk = (life: Life, run: Run, afterStep: () => void): void => {
  run.isWalking = true;
  for (let taken = 0; !run.ended && !run.waiting; taken++) {
    if (taken > 5000) throw new Error('this run never rests');
    if (run.at === undefined) end(life, run, { how: 'completed' });
    else visitStep(life, run, run.at);
    afterStep();
  }
  run.isWalking = false;
};

export const end = (life: Life, run: Run, how: { how: string; as?: string; step?: string }): void => {
  run.ended = { at: iso(life.now), ...how };
  run.waiting = undefined;
};

const note = (life: Life, run: Run, step: Step, more: Partial<Visit>): Visit => {
  const entry = { at: iso(life.now), step: step.id, visit: run.visit, ...more };
  run.path.push(entry);
  return entry;
};

const goOn = (run: Run, step: Step): void => {
  run.at = run.tree.get(step.id)!.next;
};

/** Into the branch of that number, or past the step where it is empty. */
export const take = (run: Run, step: Step, answer: number): void => {
  const { branches, otherwise } = waysOf(step);
  const way = answer < 0 ? otherwise : branches[answer];
  run.at = way?.steps[0]?.id ?? run.tree.get(step.id)!.next;
};

const visitStep = (life: Life, run: Run, id: string): void => {
  const { step } = run.tree.get(id)!;
  if (!isTrue(life, step.if, run)) {
    note(life, run, step, { skipped: 'condition' });
    run.heldSince = undefined;
    return goOn(run, step);
  }
  (visits[step.type] as (life: Life, run: Run, step: Step) => void)(life, run, step);
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
  run.waiting = { kind, step: step.id, visit: run.visit, until, entry };
};

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

/** Marketing is stale after a day where nothing else was said. */
const freshFor = (text: string | undefined, kind: string): number =>
  text !== undefined ? milliseconds(text) : kind === 'marketing' ? 24 * 3_600_000 : Number.POSITIVE_INFINITY;

const send = (
  life: Life,
  run: Run,
  step: Message,
  channel: 'email' | 'sms' | 'push',
  field: string,
): void => {
  const { contact, now } = life;
  const rules = { class: 'marketing', ...run.document.sending, ...step.sending };
  const isMarketing = rules.class === 'marketing';
  const zone = rules.timezone === undefined || rules.timezone === 'contact' ? zoneOf(life) : rules.timezone;
  const since = run.heldSince ?? now;
  const skip = (reason: string) => finish({ skipped: reason });
  const finish = (what: Partial<Visit>) => {
    run.heldSince = undefined;
    done(life, run, step, what);
  };
  if (run.tree.get(step.id)!.isHeldOut) return skip('holdout');
  if (!contact.fields[field]) return skip('no-address');
  const closed = contact.closed[channel];
  if (closed && (isMarketing || closed !== 'unsubscribe')) return skip('suppressed');
  if (isMarketing && !mayBeWrittenTo(contact, channel, step.topic ?? rules.topic)) return skip('no-consent');
  const staleAfter = freshFor(rules.freshFor, rules.class);
  if (now - since > staleAfter) return skip('stale');
  const quiet = rules.quietHours && quietUntil(now, rules.quietHours, zone);
  if (quiet !== undefined) {
    if (rules.quietHours?.then === 'skip') return skip('quiet-hours');
    if (quiet - since > staleAfter) return skip('stale');
    run.heldSince = since;
    run.waiting = { kind: 'hold', step: step.id, visit: run.visit, until: quiet, entry: undefined };
    return;
  }
  const cap = rules.cap?.[channel];
  const before = (life.sentAt[channel] ??= []);
  if (cap && before.filter((at) => at > now - milliseconds(cap.per)).length >= cap.atMost) return skip('cap');
  if (cap || isMarketing) before.push(now);
  finish({ sent: channel });
};
