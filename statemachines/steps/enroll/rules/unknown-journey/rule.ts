import { type Rule, stepRule } from '../../../../checks/rule.ts';
import { unknownName } from '../../../../checks/unknown-name.ts';
import type { EnrollStep } from '../../schema.ts';

export const unknownJourney: Rule = stepRule<EnrollStep>('enroll', {
  id: 'unknown-journey',
  severity: 'error',
  title: 'A journey that is named exists',
  explain: 'The `journey` of an `enroll` is the id of a journey of this client, or of this one.',
  why: 'Nobody would take the contact over: the step would be skipped for each of them.',
  example: {
    wrong: '{ "id": "hand-over", "type": "enroll", "journey": "winback" }',
    right: '{ "id": "hand-over", "type": "enroll", "journey": "win-back" }',
  },
  check: ({ journey }, _entry, { raw, references: { journeys } }) =>
    journey === raw.id ? [] : unknownName('journey', journey, ['journey'], journeys),
});
