import type { Condition } from '#conditions/schema';
import { replaced } from '../../fix/repair.ts';
import { innerPlaced } from '../../inner-conditions.ts';
import type { Finding, Rule } from '../../rule.ts';
import type { Placed } from '../../view.ts';

const triggerRoots = ['event', 'type', 'properties'];
const sources = ['contact', 'trigger', 'results'] as const;

export const wrongPath: Rule = {
  id: 'wrong-path',
  severity: 'error',
  title: 'A path begins where its source begins',
  explain:
    'A field of the contact is named without "contact." in front. Of a trigger there are `event`, `type` and `properties`; what was sent along stands under `properties`.',
  why: 'A path that leads nowhere finds no value, and a comparison with no value is false for everybody.',
  example: {
    place: 'condition',
    wrong: '{ "trigger": "plan", "is": "pro" }',
    right: '{ "trigger": "properties.plan", "is": "pro" }',
  },
  check: (view) => innerPlaced(view).flatMap((placed) => sources.flatMap((source) => judge(placed, source))),
};

const judge = ({ path, value }: Placed<Condition>, source: (typeof sources)[number]): Finding[] => {
  const name = (value as Partial<Record<typeof source, string>>)[source];
  if (name === undefined) return [];
  const [first, ...rest] = name.split('.');
  if (first === source && rest.length > 0)
    return [
      {
        path: [...path, source],
        message: `"${name}" repeats its source`,
        hint: `write "${source}": "${rest.join('.')}"`,
        repair: replaced([...path, source], name, rest.join('.')),
      },
    ];
  if (source !== 'trigger' || triggerRoots.includes(first!)) return [];
  return [
    {
      path: [...path, source],
      message: `a trigger has event, type and properties, but no "${first}"`,
      hint: `write "trigger": "properties.${name}"`,
      repair: replaced([...path, source], name, `properties.${name}`),
    },
  ];
};
