import { type Rule, stepRule } from '../../checks/rule.ts';
import type { UpdateStep } from './schema.ts';

const both = (first: readonly string[] = [], second: readonly string[] = []): string[] =>
  first.filter((name) => second.includes(name));

const contradictingUpdate = stepRule<UpdateStep>('update', {
  id: 'contradicting-update',
  severity: 'error',
  title: 'One update does not do and undo the same thing',
  explain: 'Which of the two should win is not said.',
  example: {
    wrong: '{ "type": "update", "addTags": ["vip"], "removeTags": ["vip"] }',
    right: '{ "type": "update", "addTags": ["vip"] }',
  },
  check: ({ id, addTags, removeTags, set = {}, unset }) => [
    ...both(removeTags, addTags).map((tag) => ({
      path: ['removeTags', removeTags!.indexOf(tag)],
      message: `step "${id}" both adds and removes the tag "${tag}"`,
      hint: 'remove one of the two',
    })),
    ...both(unset, Object.keys(set)).map((field) => ({
      path: ['unset', unset!.indexOf(field)],
      message: `step "${id}" both sets and forgets the field "${field}"`,
      hint: 'remove one of the two',
    })),
  ],
});

export const checks: readonly Rule[] = [contradictingUpdate];
