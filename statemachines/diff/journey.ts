import { describe, describeTrigger } from '#conditions/describe';
import { isObject } from '#kernel/json';
import type { ExitRule, Journey } from '../document/schema.ts';
import type { Change } from './change.ts';
import { isSame } from './equal.ts';
import { insteadOf, shown } from './words.ts';

/** Changes around the steps: what a journey is called, who comes in, what ends it, how it sends. */
export const journeyChanges = (before: Journey, after: Journey): Change[] =>
  [
    ...['id', 'name', 'objective'].flatMap((name) => single(name, before, after)),
    ...listed(before.enter.on.map(describeTrigger), after.enter.on.map(describeTrigger), {
      added: 'also starts when',
      removed: 'no longer starts when',
    }),
    ...conditionToEnter(before, after),
    ...['again', 'key'].flatMap((name) => single(name, before.enter, after.enter, `enter.${name}`)),
    ...listed((before.exit ?? []).map(ruleWords), (after.exit ?? []).map(ruleWords), {
      added: 'now ends at once:',
      removed: 'no longer ends at once:',
    }),
    ...goalChanges(before, after),
    ...members(before.sending, after.sending, 'sending'),
  ].map((says) => ({ kind: 'changed', subject: 'the journey', says }));

const ruleWords = ({ on, if: condition }: ExitRule): string =>
  [on && `when ${describeTrigger(on)}`, condition && `if ${describe(condition)}`].filter(Boolean).join(' ');

const listed = (
  before: readonly string[],
  after: readonly string[],
  say: { added: string; removed: string },
): string[] => [
  ...before.filter((words) => !after.includes(words)).map((words) => `${say.removed} ${words}`),
  ...after.filter((words) => !before.includes(words)).map((words) => `${say.added} ${words}`),
];

const conditionToEnter = ({ enter: before }: Journey, { enter: after }: Journey): string[] => {
  if (isSame(before.if, after.if)) return [];
  if (!after.if) return [`now lets everybody in (before only if ${describe(before.if!)})`];
  return [
    `now lets contacts in only if ${describe(after.if)}${before.if ? ` (before: ${describe(before.if)})` : ''}`,
  ];
};

const goalChanges = ({ goal: before }: Journey, { goal: after }: Journey): string[] => {
  if (!before || !after) {
    if (after) return [`now has a goal: ${describeTrigger(after.on)}`];
    return before ? [`has no goal any more (it was: ${describeTrigger(before.on)})`] : [];
  }
  const { on: wasOn, ...old } = before;
  const { on, ...now } = after;
  const event = isSame(wasOn, on)
    ? []
    : [`now has the goal: ${describeTrigger(on)} instead of ${describeTrigger(wasOn)}`];
  return [...event, ...members(old, now, 'goal')];
};

const single = (name: string, before: object, after: object, shownAs = name): string[] =>
  change(shownAs, (before as Record<string, unknown>)[name], (after as Record<string, unknown>)[name]);

const change = (name: string, before: unknown, after: unknown): string[] => {
  if (isSame(before, after)) return [];
  if (before === undefined) return [`now has "${name}": ${shown(after)}`];
  if (after === undefined) return [`has no "${name}" any more (it was ${shown(before)})`];
  return [`now has "${name}": ${insteadOf(before, after)}`];
};

/** Objects member by member, so that one new time is not told as two whole objects. */
const members = (before: unknown, after: unknown, path: string): string[] => {
  if (!isObject(before) || !isObject(after)) return change(path, before, after);
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((name) =>
    members(before[name], after[name], `${path}.${name}`),
  );
};
