import { isObject } from '../../places.ts';
import type { Rule } from '../../rule.ts';

export const emptyWindow: Rule = {
  id: 'empty-window',
  severity: 'error',
  title: 'Quiet hours begin and end at different times',
  explain: 'A window from 08:00 to 08:00 could mean never or always.',
  example: { wrong: '{ "from": "08:00", "to": "08:00" }', right: '{ "from": "21:00", "to": "08:00" }' },
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
