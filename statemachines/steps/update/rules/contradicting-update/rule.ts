import { type Rule, stepRule } from '../../../../checks/rule.ts';
import type { UpdateStep } from '../../schema.ts';

const both = (first: readonly string[] = [], second: readonly string[] = []): string[] =>
  first.filter((name) => second.includes(name));

export const contradictingUpdate: Rule = stepRule<UpdateStep>('update', {
  id: 'contradicting-update',
  severity: 'error',
  title: 'One update does not do and undo the same thing',
  explain: 'The same tag is both added and removed, or the same field both set and forgotten.',
  why: 'All of an update happens at once, so it is not said which of the two should win.',
  example: {
    wrong: `{ "id": "promote", "type": "update", "addTags": ["vip"], "removeTags": ["vip"] }`,
    right: `{ "id": "promote", "type": "update", "addTags": ["vip"] }`,
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
