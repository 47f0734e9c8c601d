import type { Explained } from '#kernel/explained';
import type { Path } from '../steps/parts.ts';
import type { Step, StepTypeName } from '../steps/schema.ts';
import type { Repair } from './fix/repair.ts';
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
