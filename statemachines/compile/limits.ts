import type { Issue } from '#kernel/issue';
import { utf8Length } from '#kernel/json';
import { type Machine, type State, targetsOf } from './asl.ts';

/** Quotas of Step Functions: https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
const longestName = 80;
export const largestDefinition = 1_048_576;
const longestRun = 31_536_000;

/**
 * What Step Functions would refuse, or accept and never finish. A checked document can only be too
 * large; the rest guards the compiler itself.
 * @param text the definition as it will be uploaded, with the function's name put in
 */
export const checkLimits = (asl: Machine, text: string): Issue[] => [
  ...tooLarge(text),
  ...Object.entries(asl.States).flatMap(([name, state]) => [
    ...nameTooLong(name),
    ...waitTooLong(name, state),
    ...missingTargets(asl, name, state),
  ]),
  ...unreachable(asl),
];

const broken = (code: string, message: string, hint: string): Issue => ({
  code,
  severity: 'error',
  path: '',
  message,
  hint,
});

const tooLarge = (text: string): Issue[] => {
  const bytes = utf8Length(text);
  if (bytes <= largestDefinition) return [];
  const message = `the state machine has ${bytes} bytes; Step Functions takes at most ${largestDefinition}`;
  return [
    broken('machine-too-large', message, 'use fewer steps or shorter names, or split the journey in two'),
  ];
};

const nameTooLong = (name: string): Issue[] =>
  name.length <= longestName
    ? []
    : [
        broken(
          'state-name-too-long',
          `state "${name}" has ${name.length} characters; at most ${longestName}`,
          'shorten the name of the step',
        ),
      ];

const waitTooLong = (name: string, state: State): Issue[] => {
  const seconds = state.Type === 'Task' ? state.TimeoutSeconds : undefined;
  if (typeof seconds !== 'number' || (seconds >= 1 && seconds <= longestRun)) return [];
  const message = `state "${name}" waits ${seconds} seconds; Step Functions allows 1 to ${longestRun} (a year)`;
  return [broken('wait-too-long', message, 'use at most 365 days')];
};

const has = (asl: Machine, name: string): boolean => Object.hasOwn(asl.States, name);

const missingTargets = (asl: Machine, name: string, state: State): Issue[] =>
  targetsOf(state)
    .filter((target) => !has(asl, target))
    .map((target) =>
      broken(
        'unknown-state',
        `state "${name}" leads to "${target}", which does not exist`,
        'this is a fault of the compiler',
      ),
    );

const unreachable = (asl: Machine): Issue[] => {
  const reached = reachable(asl);
  return Object.keys(asl.States)
    .filter((name) => !reached.has(name))
    .map((name) =>
      broken('unreachable-state', `nothing leads to state "${name}"`, 'this is a fault of the compiler'),
    );
};

const reachable = (asl: Machine): Set<string> => {
  const reached = new Set([asl.StartAt]);
  for (const name of reached) {
    const state = has(asl, name) ? asl.States[name] : undefined;
    for (const target of state ? targetsOf(state) : []) reached.add(target);
  }
  return reached;
};
