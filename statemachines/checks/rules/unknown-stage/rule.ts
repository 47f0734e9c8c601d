import { innerPlaced } from '../../inner-conditions.ts';
import type { Finding, Rule } from '../../rule.ts';
import { unknownName } from '../../unknown-name.ts';
import type { JourneyView } from '../../view.ts';

/** A client that names no stages takes any word for one. */
const known = ({ references }: JourneyView) => references.stages;

const inConditions = (view: JourneyView): Finding[] =>
  innerPlaced(view).flatMap(({ value, path }) =>
    'stage' in value ? unknownName('stage', value.stage, [...path, 'stage'], known(view)) : [],
  );

const inSteps = (view: JourneyView): Finding[] =>
  view
    .ofType('update')
    .flatMap(({ step, path }) =>
      step?.type === 'update' && step.stage !== undefined
        ? unknownName('stage', step.stage, [...path, 'stage'], known(view))
        : [],
    );

export const unknownStage: Rule = {
  id: 'unknown-stage',
  severity: 'error',
  title: 'A stage that is named exists',
  explain: 'A `stage` is one of the `stages` in `client.json`, where the client names any.',
  why: 'No contact ever comes to a stage that the client does not have: the step would change nothing, and the condition be false for everybody.',
  example: {
    place: 'condition',
    wrong: '{ "stage": "custommer" }',
    right: '{ "stage": "customer" }',
  },
  check: (view) => [...inConditions(view), ...inSteps(view)],
};
