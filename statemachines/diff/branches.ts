import { otherwiseAnswer } from '../compile/form.ts';
import type { Step } from '../document/schema.ts';
import { isSame } from './equal.ts';
import { conditionWords, insteadOf, triggerWords, wordsOfMember } from './words.ts';

/** A branch of any kind of step, as its author wrote it. */
export interface WrittenBranch {
  /** Its answer or name; what `otherwise` is called when it has no answer. */
  words: string;
  steps: readonly Step[];
  /** What makes a contact take it: `if`, `on`, `weight`, `holdout`. */
  terms: Readonly<Record<string, unknown>>;
  fallback: boolean;
}

type Raw = { answer?: string; name?: string; steps: readonly Step[] } & Record<string, unknown>;

export const branchesOf = (step: Step): WrittenBranch[] => {
  const { branches, arms, otherwise } = step as { branches?: Raw[]; arms?: Raw[]; otherwise?: Raw };
  return [
    ...[...(branches ?? []), ...(arms ?? [])].map((branch) => written(branch, false)),
    ...(otherwise ? [written(otherwise, true)] : []),
  ];
};

const written = ({ answer, name, steps, ...terms }: Raw, fallback: boolean): WrittenBranch => ({
  words: answer ?? name ?? otherwiseAnswer,
  steps,
  terms,
  fallback,
});

/** The branch of the older step that this one was: by its words, else by what makes a contact take it. */
export const earlierBranch = (
  branch: WrittenBranch,
  before: readonly WrittenBranch[],
  after: readonly WrittenBranch[],
): WrittenBranch | undefined => {
  const named = before.find(({ words }) => words === branch.words);
  if (named) return named;
  const free = before.filter(({ words }) => !after.some((other) => other.words === words));
  return free.find(
    (other) => other.fallback === branch.fallback && isSame(other.terms, branch.terms) && isTold(branch),
  );
};

/** An arm of half the runs is like any other; a condition, an event and `otherwise` are not. */
const isTold = ({ terms, fallback }: WrittenBranch): boolean => fallback || 'if' in terms || 'on' in terms;

export const branchChanges = (older: Step, newer: Step): string[] => {
  const [before, after] = [branchesOf(older), branchesOf(newer)];
  const pairs = after.map((branch) => ({ branch, earlier: earlierBranch(branch, before, after) }));
  const found = new Set(pairs.map(({ earlier }) => earlier));
  return [
    ...before.filter((branch) => !found.has(branch)).map(({ words }) => `has no answer "${words}" any more`),
    ...pairs.flatMap(({ branch, earlier }) => (earlier ? compared(earlier, branch) : [isNew(branch)])),
    ...reordered(pairs.flatMap(({ earlier }) => (earlier ? [before.indexOf(earlier)] : []))),
  ];
};

const isNew = ({ words }: WrittenBranch): string => `has a new answer "${words}"`;

const compared = (before: WrittenBranch, after: WrittenBranch): string[] => {
  const renamed =
    before.words === after.words ? [] : [`calls the answer "${before.words}" now "${after.words}"`];
  const terms = [...new Set([...Object.keys(before.terms), ...Object.keys(after.terms)])].filter(
    (name) => !isSame(before.terms[name], after.terms[name]),
  );
  const told = terms.map((name) => wordsOfTerm(after.words, name, before.terms[name], after.terms[name]));
  return [...renamed, ...told];
};

const wordsOfTerm = (answer: string, name: string, before: unknown, after: unknown): string => {
  const say = (verb: string, words: (value: unknown) => string): string =>
    after === undefined
      ? `takes the answer "${answer}" whatever is true (before ${verb} ${words(before)})`
      : `takes the answer "${answer}" now ${verb} ${before === undefined ? words(after) : insteadOf(before, after, words)}`;
  if (name === 'if') return say('if', conditionWords);
  if (name === 'on') return say('on', triggerWords);
  if (name === 'weight') return `gives "${answer}" now ${after} % instead of ${before} %`;
  return `for "${answer}" ${wordsOfMember(name, before, after)}`;
};

const reordered = (order: readonly number[]): string[] =>
  order.some((place, i) => i > 0 && place < order[i - 1]!) ? ['tries its answers in another order'] : [];
