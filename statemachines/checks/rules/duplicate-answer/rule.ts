import { isObject } from '#kernel/json';
import { shortened } from '#kernel/words';
import { valueAt } from '../../places.ts';
import type { Finding, Rule } from '../../rule.ts';
import type { JourneyView, StepEntry } from '../../view.ts';

export const duplicateAnswer: Rule = {
  id: 'duplicate-answer',
  severity: 'warning',
  title: 'The branches of a step have different words',
  explain: 'Each branch of a step has its own words, and so has each arm.',
  why: 'Pictures and reports tell branches apart by their words.',
  example: {
    wrong: `{ "id": "vip", "type": "decide", "question": "VIP?", "branches": [
  { "answer": "Yes", "if": { "tag": "vip" }, "steps": [] },
  { "answer": "Yes", "if": { "tag": "gold" }, "steps": [] }
], "otherwise": { "steps": [] } }`,
    right: `{ "id": "vip", "type": "decide", "question": "VIP?", "branches": [
  { "answer": "Yes", "if": { "tag": "vip" }, "steps": [] },
  { "answer": "Yes, by gold", "if": { "tag": "gold" }, "steps": [] }
], "otherwise": { "steps": [] } }`,
  },
  check: (view) => view.steps.flatMap((entry) => repeated(view, entry)),
};

const repeated = ({ raw }: JourneyView, entry: StepEntry): Finding[] => {
  const seen = new Set<string>();
  return entry.branches.flatMap(({ path }): Finding[] => {
    const at = path.slice(0, -1);
    const branch = valueAt(raw, at);
    if (!isObject(branch)) return [];
    const member = 'answer' in branch ? 'answer' : 'name';
    const words = branch[member];
    if (typeof words !== 'string') return [];
    const isNew = !seen.has(words);
    seen.add(words);
    if (isNew) return [];
    return [
      {
        path: [...at, member],
        message: `two branches of step "${entry.id}" are called "${shortened(words)}"`,
        hint: 'give each its own words',
      },
    ];
  });
};
