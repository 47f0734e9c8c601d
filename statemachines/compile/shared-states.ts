import type { State } from './asl.ts';
import { currentVisit, waitState } from './states.ts';

export interface SharedNames {
  aside: string;
  hold: string;
  resume: string;
  ended: string;
  failed: string;
}

/** What of the machine the shared states follow. */
export interface SharedOptions {
  /** States that a continued run may begin with, beside those that may hold. */
  resumable: readonly Holdable[];
  looped: boolean;
}

/** A state that a hold may come back to. */
export interface Holdable {
  step: string;
  state: string;
}

/**
 * What is rare costs nothing while it does not happen: a step that may not happen yet, a run that
 * was ended meanwhile, and a failure leave their task by a named error and meet here.
 */
export const sharedStates = (
  names: SharedNames,
  runStep: string,
  holdable: readonly Holdable[],
  { resumable, looped }: SharedOptions,
): [string, State][] => [
  [names.aside, asideState(names, holdable.length > 0)],
  ...(holdable.length > 0 ? [holdState(names, runStep, looped)] : []),
  ...(holdable.length + resumable.length > 0
    ? [[names.resume, resumeState([...holdable, ...resumable])] as [string, State]]
    : []),
  [names.ended, { Type: 'Succeed', Output: { how: 'ended' } }],
  [names.failed, { Type: 'Fail', Error: '{% $states.input.Error %}', Cause: '{% $states.input.Cause %}' }],
];

const asideState = (names: SharedNames, canHold: boolean): State => ({
  Type: 'Choice',
  Choices: [
    ...(canHold ? [heldRule(names.hold)] : []),
    { Condition: "{% $states.input.Error = 'Ended' %}", Next: names.ended },
  ],
  Default: names.failed,
});

/** Lambda gives the error as `Cause`, and the message of `Held` (`shared/kernel/errors.ts`) is JSON again. */
const heldRule = (hold: string) => ({
  Condition: "{% $states.input.Error = 'Held' %}",
  Assign: { held: '{% $parse($parse($states.input.Cause).errorMessage) %}' },
  Next: hold,
});

const holdState = (names: SharedNames, runStep: string, looped: boolean): [string, State] => [
  names.hold,
  waitState(
    runStep,
    { hold: '{% $held.step %}', ...(looped && { visit: currentVisit }) },
    '{% $held.seconds %}',
    { timeout: names.resume, aside: names.aside },
  ),
];

/** Ids of steps are letters, digits and hyphens (`plan.ts` refuses others), so quotes hold them. */
const resumeState = (holdable: readonly Holdable[]): State => ({
  Type: 'Choice',
  Choices: holdable.map(({ step, state }) => ({ Condition: `{% $held.step = '${step}' %}`, Next: state })),
});

/** Stands in the text of every machine that has the entry, and in no other. */
export const entryMark = '$exists($states.input.at)';

/**
 * The first state of a machine whose runs may outlive an execution. A continued run is told at which
 * step it goes on, and in which round of its loops.
 */
export const entryState = (
  first: string,
  { resume }: Pick<SharedNames, 'resume'>,
  looped: boolean,
): State => ({
  Type: 'Choice',
  Choices: [
    {
      Condition: `{% ${entryMark} %}`,
      Assign: {
        held: { step: '{% $states.input.at %}' },
        ...(looped && { visit: '{% $states.input.visit %}' }),
      },
      Next: resume,
    },
  ],
  Default: first,
  ...(looped && { Assign: { visit: 1 } }),
});
