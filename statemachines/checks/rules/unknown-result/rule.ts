import type { Condition } from '#conditions/schema';
import { innerPlaced } from '../../inner-conditions.ts';
import type { Finding, Rule } from '../../rule.ts';
import type { JourneyView, Placed } from '../../view.ts';
import { didYouMean } from '../../words.ts';

export const unknownResult: Rule = {
  id: 'unknown-result',
  severity: 'error',
  title: 'A result that is asked for is saved by a webhook',
  explain: 'The first word of a `results` path is the `saveAs` of some `webhook` of the same journey.',
  why: 'A result that nobody saves is missing for everybody, and a comparison with nothing is false.',
  example: {
    wrong: `[{ "id": "call", "type": "webhook", "url": "https://api.example.com/score", "saveAs": "score" },
 { "id": "low", "type": "exit", "if": { "results": "scores.level", "below": 5 } }]`,
    right: `[{ "id": "call", "type": "webhook", "url": "https://api.example.com/score", "saveAs": "score" },
 { "id": "low", "type": "exit", "if": { "results": "score.level", "below": 5 } }]`,
  },
  check: (view) => {
    const saved = savedIn(view);
    return innerPlaced(view).flatMap((placed) => judge(placed, saved));
  },
};

const savedIn = ({ ofType }: JourneyView): ReadonlySet<string> =>
  new Set(
    ofType('webhook').flatMap(({ step }) => (step?.type === 'webhook' && step.saveAs ? [step.saveAs] : [])),
  );

const judge = ({ path, value }: Placed<Condition>, saved: ReadonlySet<string>): Finding[] => {
  if (!('results' in value)) return [];
  const [name = ''] = value.results.split('.');
  // A path that repeats its source is told by another rule.
  if (saved.has(name) || name === 'results') return [];
  return [
    {
      path: [...path, 'results'],
      message: `no webhook of this journey saves its answer as "${name}"`,
      hint: didYouMean(name, saved) ?? `add "saveAs": "${name}" to the webhook`,
    },
  ];
};
