import { describe, describeTrigger } from '#conditions/describe';
import type { Condition } from '#conditions/schema';
import type { AwaitedTrigger, Trigger } from '#conditions/triggers';
import { shortened } from '#kernel/words';

/** How a change of one member is said. `undefined` where it was or is not there. */
export type MemberWords = (before: unknown, after: unknown) => string;

const longest = 70;

export const shown = (value: unknown): string => {
  if (typeof value === 'string') return `"${shortened(value, longest)}"`;
  if (Array.isArray(value) && value.every((one) => typeof one !== 'object'))
    return value.map(shown).join(', ');
  return shortened(JSON.stringify(value), longest);
};

export const conditionWords = (value: unknown): string => shortened(describe(value as Condition), 120);
export const triggerWords = (value: unknown): string => describeTrigger(value as Trigger | AwaitedTrigger);

/** `3 days instead of 2`, `size is at least 100 instead of 50`: what both begin or end with is said once. */
export const insteadOf = (
  before: unknown,
  after: unknown,
  say: (value: unknown) => string = shown,
): string => {
  const [old, now] = [say(before), say(after)];
  return `${now} instead of ${withoutUnit(withoutStart(old, now), now)}`;
};

const withoutUnit = (old: string, now: string): string => {
  const [, count, unit = ''] = /^(\d+) ([a-z]+?)s?$/.exec(old) ?? [];
  return count !== undefined && new RegExp(`(?:^| )\\d+ ${unit}s?$`).test(now) ? count : old;
};

/** Only whole words, at least two of them, and nothing out of the middle of a quotation. */
const withoutStart = (old: string, now: string): string => {
  const [before, after] = [old.split(' '), now.split(' ')];
  const same = before.findIndex((word, i) => word !== after[i]);
  const rest = before.slice(same).join(' ');
  const start = before.slice(0, same).join(' ');
  const isWhole = (start.match(/"/g) ?? []).length % 2 === 0;
  return same >= 2 && isWhole && rest !== '' ? rest : old;
};

const plainly = (value: unknown): string => (typeof value === 'string' ? value : shown(value));

/** `now VERB x instead of y`, and what is said when it comes or goes. */
const member =
  (verb: string, never: string, say: (value: unknown) => string = shown): MemberWords =>
  (before, after) => {
    if (after === undefined) return `${never} (it was ${say(before)})`;
    return before === undefined
      ? `now ${verb} ${say(after)}`
      : `now ${verb} ${insteadOf(before, after, say)}`;
  };

const lengthWords = (value: unknown): string => {
  if (typeof value === 'string') return value;
  const { between } = value as { between?: [string, string] };
  return between ? `${between[0]} to ${between[1]}` : shown(value);
};

const untilWords = (value: unknown): string => {
  const until = value as {
    time?: string;
    days?: string[];
    timezone?: string;
    date?: string;
    offset?: string;
    at?: string;
  };
  return until.time
    ? [until.time, until.days && `on ${until.days.join(', ')}`, until.timezone].filter(Boolean).join(' ')
    : [until.offset, until.date, until.at && `at ${until.at}`].filter(Boolean).join(' ');
};

/** One entry for each member that reads better than its name and value. */
const members: Readonly<Record<string, MemberWords>> = {
  name: member('is called', 'has no name any more'),
  template: member('uses template', 'uses no template any more'),
  subject: member('has the subject', 'has the subject of its template again'),
  from: member('comes from', 'comes from the sender of the client again'),
  text: member('says', 'has no text any more'),
  question: member('asks', 'asks nothing any more'),
  title: member('has the title', 'has no title any more'),
  if: member('happens only if', 'happens for everybody', conditionWords),
  for: member('waits', 'waits no fixed time any more', lengthWords),
  until: member('waits until', 'waits until no clock or date any more', untilWords),
  atMost: member('waits at most', 'waits without an end', plainly),
  since: member('counts since', 'counts since the run began'),
  team: member('tells', 'tells nobody'),
  stage: member('sets the stage', 'sets no stage any more'),
  addTags: member('adds the tags', 'adds no tags any more'),
  removeTags: member('removes the tags', 'removes no tags any more'),
  addScore: member('adds to the score', 'adds nothing to the score any more'),
  as: member('is the leaf', 'is a leaf without a name'),
  url: member('calls', 'calls nothing any more'),
  event: member('emits', 'emits nothing any more'),
  journey: member('hands over to', 'hands over to nothing any more'),
  step: member('goes on with', 'goes on with no other step any more'),
  on: member('hears', 'hears nothing any more', triggerWords),
};

export const wordsOfMember = (name: string, before: unknown, after: unknown): string => {
  const known = Object.hasOwn(members, name) ? members[name] : undefined;
  if (known && isSayable(name, before) && isSayable(name, after)) return known(before, after);
  if (before === undefined) return `now has "${name}": ${shown(after)}`;
  if (after === undefined) return `has no "${name}" any more (it was ${shown(before)})`;
  return `now has "${name}": ${insteadOf(before, after)}`;
};

/** `atMost` of a loop is a number, not a time. */
const isSayable = (name: string, value: unknown): boolean => name !== 'atMost' || typeof value !== 'number';
