import { isObject } from '#kernel/json';
import type { Rule } from '../../rule.ts';

export const emptyWindow: Rule = {
  id: 'empty-window',
  severity: 'error',
  title: 'Quiet hours begin and end at different times',
  explain: 'Quiet hours go from one time to another, also over midnight.',
  why: 'From a time to the same time is either never or always; it is not said which.',
  example: {
    place: 'members',
    wrong: '"sending": { "quietHours": { "from": "08:00", "to": "08:00" } }',
    right: '"sending": { "quietHours": { "from": "21:00", "to": "08:00" } }',
  },
  check: ({ raw, steps }) =>
    [
      { path: [], owner: raw },
      ...steps.flatMap(({ path, step }) => (step ? [{ path, owner: step }] : [])),
    ].flatMap(({ path, owner }) => {
      const sending = (owner as { sending?: unknown }).sending;
      const hours = isObject(sending) ? sending.quietHours : undefined;
      if (!isObject(hours) || typeof hours.from !== 'string' || hours.from !== hours.to) return [];
      const message = `the quiet hours begin and end at ${hours.from}`;
      return [
        {
          path: [...path, 'sending', 'quietHours'],
          message,
          hint: 'change one of the two, or remove "quietHours"',
        },
      ];
    }),
};
