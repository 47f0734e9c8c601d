import { lookAtClock, nextMoment } from './clock.ts';
import { close, edit, identify, newContact } from './contact.ts';
import { hear, rest } from './hear.ts';
import { take } from './listen.ts';
import { type Heard, type House, iso, type Life, type Run } from './people.ts';
import type { Case, Happening, Story, Visit } from './story.ts';

export interface Interpreted extends Story {
  isTied: boolean;
}

/** Long enough for any run. */
const aYear = 372 * 86_400_000;

/** Reads the documents aloud, as a person would, and does what they say. */
export const interpret = (given: Case, house: Omit<House, 'journeys' | 'segments'>): Interpreted => {
  const { start, contact: traits, journeys, segments = {}, happenings } = given;
  const life: Life = {
    ...{ house: { ...house, journeys, segments }, now: Date.parse(start), contact: newContact() },
    ...{
      inSegments: new Set<string>(),
      heard: [],
      pending: [],
      caused: 0,
      runs: [],
      sentAt: { email: [], sms: [], push: [] },
      isTied: false,
    },
  };
  happen(life, { at: start, identify: traits }, -1);
  for (const [i, happening] of happenings.entries()) {
    const at = Date.parse(happening.at);
    passTime(life, at);
    if (life.runs.some(({ waiting }) => waiting?.until === at) || nextMoment(life) === at) life.isTied = true;
    life.now = at;
    happen(life, happening, i);
  }
  passTime(life, Date.parse(start) + aYear);
  return { runs: life.runs.map(storyOf), isTied: life.isTied };
};

/** What falls due before that moment, the soonest first. */
const passTime = (life: Life, before: number): void => {
  for (;;) {
    const due = Math.min(...life.runs.map(({ waiting }) => waiting?.until ?? Number.POSITIVE_INFINITY));
    const moment = nextMoment(life) ?? Number.POSITIVE_INFINITY;
    if (Math.min(due, moment) >= before) return;
    if (due === moment) life.isTied = true;
    life.now = Math.max(life.now, Math.min(due, moment));
    if (due <= moment) waitsAreOver(life, due);
    else lookAtClock(life);
  }
};

const waitsAreOver = (life: Life, due: number): void => {
  for (const run of life.runs) if (run.waiting?.until === due) runOut(life, run);
  rest(life);
};

/** The wait is over, and nothing else happened: `otherwise`, where there is one. */
const runOut = (life: Life, run: Run): void => {
  const { kind, step: id, entry } = run.waiting!;
  const { step } = run.tree.get(id)!;
  run.waiting = undefined;
  if (kind === 'hold') return;
  run.waitedUntil[id] = life.now;
  if (kind !== 'wait') entry!.answer = -1;
  take(run, step, -1);
};

const happen = (life: Life, happening: Happening, cause: number): void => {
  const event: Heard = {
    ...{ cause, at: life.now, type: 'track', name: '', properties: {}, depth: 0 },
    change: { tagsAdded: [], entered: [], left: [] },
  };
  const tags = life.contact.tags;
  if (!describe(life, happening, event)) return;
  event.change.tagsAdded = life.contact.tags.filter((tag) => !tags.includes(tag));
  hear(life, event);
};

/** Makes the event of it, and changes the contact as it says; false where it cannot have happened. */
const describe = (life: Life, what: Happening, event: Heard): boolean => {
  if ('event' in what) Object.assign(event, { name: what.event, properties: what.properties ?? {} });
  else if ('form' in what)
    Object.assign(event, { type: 'form', name: what.form, properties: what.properties ?? {} });
  else if ('enrol' in what)
    Object.assign(event, { type: 'manual', name: what.enrol, properties: what.properties ?? {} });
  else if ('identify' in what) {
    Object.assign(event, { type: 'identify', name: 'Identified' });
    identify(life.contact, what.identify);
  } else if ('edit' in what) {
    Object.assign(event, { type: 'change', name: 'Contact Changed' });
    edit(life.contact, what.edit);
  } else if ('task' in what) return answerTask(life, what, event);
  else return tellOfMessage(life, what, event);
  return true;
};

/** What that step did last, in whatever run. */
const lastVisit = ({ runs }: Life, isIt: (visit: Visit) => boolean): { run: Run; visit: Visit } | undefined =>
  runs
    .flatMap((run) => run.path.map((visit) => ({ run, visit })))
    .filter(({ visit }) => isIt(visit))
    .sort((a, b) => a.visit.at.localeCompare(b.visit.at))
    .at(-1);

/** Somebody who answers too late is told so. */
const answerTask = (
  life: Life,
  { task, outcome }: { task: string; outcome: string },
  event: Heard,
): boolean => {
  const given = lastVisit(life, ({ step, skipped }) => step === task && skipped === undefined);
  if (!given || given.run.waiting?.entry !== given.visit) return false;
  const { run, visit } = given;
  const { step } = run.tree.get(task)!;
  if (step.type !== 'task' || !step.outcomes?.includes(outcome)) return false;
  Object.assign(event, { type: 'task', task: { run, step: task, visit: visit.visit, outcome } });
  return true;
};

/** Of the last message of that step. */
const tellOfMessage = (
  life: Life,
  { message, was, machine = false }: Extract<Happening, { message: string }>,
  event: Heard,
): boolean => {
  const { contact } = life;
  const sent = lastVisit(life, (visit) => visit.step === message && visit.sent !== undefined);
  if (!sent) return false;
  const channel = sent.visit.sent!;
  if (was === 'unsubscribed' || was === 'complained') {
    contact.consent[channel] = false;
    close(contact, channel, was === 'complained' ? 'complaint' : 'unsubscribe');
  }
  if (was === 'bounced') close(contact, channel, 'hard-bounce');
  Object.assign(event, { type: 'message', message: { run: sent.run, step: message, was, machine } });
  return true;
};

const storyOf = ({ name, startedAt, path, ended, converted }: Run) => ({
  journey: name.journey,
  startedAt: iso(startedAt),
  path,
  ended: ended ?? ('running' as const),
  ...(converted === undefined ? {} : { converted }),
});
