import type { Explained } from '#kernel/explained';
import type { StepForm } from '../compile/form.ts';
import type { Path, StepParts } from '../steps/parts.ts';
import type { Step, StepTypeName } from '../steps/schema.ts';
import type { Repair } from './fix/repair.ts';
import type { JourneyView, StepEntry } from './view.ts';

export type { Example, ExamplePlace, Explained } from '#kernel/explained';

/** Something that a rule found, before it has a line and a column. */
export interface Finding {
  path: Path;
  /** Points at the name of the member instead of its value. */
  at?: 'key';
  /** In the author's words: what is wrong, the value found, the values allowed. */
  message: string;
  /** What to write instead. */
  hint?: string;
  /** Where one finding weighs more or less than its rule. */
  severity?: 'error' | 'warning';
  /** What `check --fix` may do about it, where there is no doubt. Paths lead from where `path` does. */
  repair?: Repair;
}

/** One rule of the language beyond the shape of the document, in a folder named by its id. */
export interface Rule extends Explained {
  /** Reads the document as a whole, so it is asked only when nothing else is wrong. */
  last?: true;
  check(view: JourneyView): Finding[];
}

/** A rule about one type of step. Paths of its findings lead from the step. */
export const stepRule = <S>(
  type: StepTypeName,
  rule: Omit<Rule, 'check'> & { check(step: S, entry: StepEntry, view: JourneyView): Finding[] },
): Rule => ({
  ...rule,
  check: (view) =>
    view
      .ofType(type)
      .flatMap((entry) =>
        rule.check(entry.step as S & Step, entry, view).map((finding) => within(entry.path, finding)),
      ),
});

const within = (at: Path, { path, repair, ...finding }: Finding): Finding => ({
  ...finding,
  path: [...at, ...path],
  ...(repair && {
    repair: { ...repair, edits: repair.edits.map((edit) => ({ ...edit, path: [...at, ...edit.path] })) },
  }),
});

/** What the checks know of a type of step. */
export interface StepWords<S = Step> {
  /** What it is, for the reference: something we do, something true of the contact, time, or the leaf. */
  kind: 'action' | 'decision' | 'wait' | 'exit';
  explain: string;
  /** A step as an author would write it, for the reference. */
  example: Step;
  /** One step in few words, for pictures, timelines and messages. */
  describe(step: S): string;
}

export interface StepDefinition<S = Step> {
  type: StepTypeName;
  words: StepWords<S>;
  /** Members of the wrong shape are taken out of the step before. */
  parts(step: Partial<S>): StepParts;
  checks: readonly Rule[];
  /** What a checked step is to the plan: machines, pictures, simulation. */
  compile(step: S): StepForm;
}
