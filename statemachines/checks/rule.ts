import type { StepForm } from '../compile/form.ts';
import type { Path, StepParts } from '../steps/parts.ts';
import type { Step, StepTypeName } from '../steps/schema.ts';
import type { JourneyView, StepEntry } from './view.ts';

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
}

/** One rule of the language beyond the shape of the document. One file per rule, named by its id. */
export interface Rule {
  /** Kebab-case, stable over releases: the `code` of its issues. */
  id: string;
  severity: 'error' | 'warning';
  title: string;
  /** Why it is a rule, for the reference. */
  explain: string;
  /** Pieces of JSON. */
  example: { wrong: string; right: string };
  /** Reads the document as a whole, so it is asked only when nothing else is wrong. */
  last?: true;
  check(view: JourneyView): Finding[];
}

/** A rule about one type of step. Paths of its findings lead from the step. */
export const stepRule = <S>(
  type: StepTypeName,
  rule: Omit<Rule, 'check'> & { check(step: S, entry: StepEntry): Finding[] },
): Rule => ({
  ...rule,
  check: (view) =>
    view
      .ofType(type)
      .flatMap((entry) =>
        rule
          .check(entry.step as S & Step, entry)
          .map((finding) => ({ ...finding, path: [...entry.path, ...finding.path] })),
      ),
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
