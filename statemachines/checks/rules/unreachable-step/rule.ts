import type { Rule } from '../../rule.ts';
import type { JourneyView, SequenceEntry, StepEntry } from '../../view.ts';

export const unreachableStep: Rule = {
  id: 'unreachable-step',
  severity: 'error',
  title: 'Each step can be reached',
  explain:
    'No run comes to a step that stands after an exit, or after a decision all of whose branches exit, if no `goto` leads there.',
  why: 'What is written there would never happen, though the document seems to promise it.',
  example: {
    wrong: `[{ "id": "done", "type": "exit" },
 { "id": "mail", "type": "email", "template": "welcome" }]`,
    right: `[{ "id": "mail", "type": "email", "template": "welcome" },
 { "id": "done", "type": "exit" }]`,
  },
  // One finding for each list: what follows the first unreachable step is its echo.
  check: (view) => {
    const { sequences } = view;
    const ends = endsIn();
    const isLedTo = ledTo(view);
    return sequences.flatMap(({ steps }) => {
      const end = steps.findIndex(ends);
      const [lost] = end < 0 ? [] : steps.slice(end + 1);
      if (!lost || isLedTo(lost)) return [];
      const message = `step "${lost.id}" can never be reached: every run ends in step "${steps[end]!.id}" before it`;
      return [{ path: lost.path, message, hint: 'move it before that step, or remove it' }];
    });
  },
};

/** Does a `goto` lead to this step, or into it? */
const ledTo = ({ uses, byId }: JourneyView): ((entry: StepEntry) => boolean) => {
  const targets = new Set<StepEntry | undefined>();
  for (const use of uses)
    if ('leads' in use && use.leads)
      for (let at = byId.get(use.value); at; at = at.within.owner) targets.add(at);
  return (entry) => targets.has(entry);
};

/** Does every run that comes to this step end in it? Remembers, as deep steps are asked more than once. */
const endsIn = (): ((entry: StepEntry) => boolean) => {
  const known = new Map<StepEntry, boolean>();
  const ends = (entry: StepEntry): boolean => {
    const before = known.get(entry) ?? reckon(entry);
    known.set(entry, before);
    return before;
  };
  const reckon = ({ step, parts, branches }: StepEntry): boolean => {
    if (!step || step.if) return false;
    if (parts.ends) return true;
    return branches.length > 0 && parts.covered !== false && branches.every(sequenceEnds);
  };
  const sequenceEnds = ({ steps }: SequenceEntry): boolean => steps.some(ends);
  return ends;
};
