import { isObject } from '#kernel/json';
import type { Path } from '../../../steps/parts.ts';
import { tagsOf } from '../../liquid.ts';
import type { Finding, Rule } from '../../rule.ts';

export const expressionText: Rule = {
  id: 'expression-text',
  severity: 'error',
  title: 'No expressions of Step Functions in a journey',
  explain:
    'What stands between {% and %} is an expression in a state machine; only the compiler writes those. In texts for people, the tags of Liquid that shape one text, such as {% if … %}, are fine.',
  why: 'A text from outside that becomes an expression could read other contacts or choose where a run goes. Wayleaf never evaluates an author’s text in Step Functions, and says so at once.',
  example: {
    place: 'members',
    wrong: '"objective": "{% $states.input %}"',
    right: '"objective": "More demos"',
  },
  check: ({ raw, texts }) => {
    const liquid = new Set(texts.map(({ path }) => path.join('/')));
    const findings: Finding[] = [];
    walkTexts(raw, [], (text, path, at) => {
      if (!marks.test(text)) return;
      if (isSuspect(text, liquid.has(path.join('/')))) findings.push({ path: [...path], at, ...words(text) });
    });
    return findings;
  },
};

const marks = /\{%|%\}/;

const isSuspect = (text: string, isLiquid: boolean): boolean =>
  text.includes('{%')
    ? !isLiquid || tagsOf(text).some(({ known }) => !known)
    : !isLiquid && text.includes('%}');

const words = (text: string) => {
  const tag = tagsOf(text).find(({ known }) => !known);
  return tag?.name
    ? {
        message: `"{% ${tag.name}" is no tag that may be used here`,
        hint: 'remove it, or use if, unless, case, for or assign',
      }
    : {
        message: 'this text holds {% … %}, which is an expression of Step Functions',
        hint: 'remove it; the compiler writes the expressions',
      };
};

type Visit = (text: string, path: Path, at: 'key' | undefined) => void;

/** `path` is one list that grows and shrinks, as hardly any text is a finding: `visit` copies what it keeps. */
const walkTexts = (value: unknown, path: (string | number)[], visit: Visit): void => {
  if (typeof value === 'string') visit(value, path, undefined);
  else if (Array.isArray(value)) for (const [i, item] of value.entries()) walkMember(item, i, path, visit);
  else if (isObject(value))
    for (const [name, item] of Object.entries(value)) {
      path.push(name);
      visit(name, path, 'key');
      path.pop();
      walkMember(item, name, path, visit);
    }
};

const walkMember = (value: unknown, name: string | number, path: (string | number)[], visit: Visit): void => {
  path.push(name);
  walkTexts(value, path, visit);
  path.pop();
};
