import type { State } from './asl.ts';
import { waitState } from './states.ts';

export interface SharedNames {
  aside: string;
  hold: string;
  resume: string;
  ended: string;
  failed: string;
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
): [string, State][] => [
  [names.aside, asideState(names, holdable.length > 0)],
  ...(holdable.length > 0 ? holdStates(names, runStep, holdable) : []),
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

const holdStates = (
  names: SharedNames,
  runStep: string,
  holdable: readonly Holdable[],
): [string, State][] => [
  [
    names.hold,
    waitState(runStep, { hold: '{% $held.step %}' }, '{% $held.seconds %}', {
      timeout: names.resume,
      aside: names.aside,
    }),
  ],
  [names.resume, resumeState(holdable)],
];

/** Ids of steps are letters, digits and hyphens (`plan.ts` refuses others), so quotes hold them. */
const resumeState = (holdable: readonly Holdable[]): State => ({
  Type: 'Choice',
  Choices: holdable.map(({ step, state }) => ({ Condition: `{% $held.step = '${step}' %}`, Next: state })),
});
