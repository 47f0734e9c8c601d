import { roots } from '../../liquid/missing.ts';
import { markupOf } from '../scan.ts';
import type { Argument } from './macro-tags.ts';

const words: ReadonlySet<string> = new Set([
  ...['in', 'and', 'or', 'not', 'contains', 'true', 'false', 'nil', 'null', 'empty', 'blank', 'reversed'],
  'forloop',
]);

/** Strings are passed over; a name is no member, no filter, no name of a filter's value. */
const names = /'[^']*'|"[^"]*"|(?<![\w.-])(?<!\|\s{0,20})([A-Za-z_][\w-]*)(?![\w-]|\s*:)/g;

const withoutTagName = (tag: string): [head: string, rest: string] => {
  const [head = ''] = /^\{%-?\s*[A-Za-z_#]*/.exec(tag) ?? /^\{\{-?/.exec(tag) ?? [];
  return [head, tag.slice(head.length)];
};

const ownNames = (text: string): ReadonlySet<string> =>
  new Set([...text.matchAll(/\{%-?\s*(?:for|assign|capture)\s+([\w-]+)/g)].map(([, name = '']) => name));

/** Names that a partial is to be given: not known in templates, and not made by itself. */
export const namesAskedBy = (text: string): string[] => {
  const own = ownNames(text);
  const found = markupOf(text).flatMap((tag) =>
    [...withoutTagName(tag)[1].matchAll(names)].map(([, name]) => name),
  );
  return [...new Set(found)].filter(
    (name): name is string => name !== undefined && !words.has(name) && !own.has(name) && !roots.has(name),
  );
};

/** Printed somewhere without a `default`, and never asked for: without it there would be a hole. */
export const isNeeded = (text: string, name: string): boolean => {
  const tags = markupOf(text);
  const printed = new RegExp(`^\\{\\{-?\\s*${name}\\b`);
  const handed = new RegExp(`:\\s*${name}\\b`);
  const named = new RegExp(`\\b${name}\\b`);
  const isAsked = tags.some((tag) => /^\{%-?\s*(?:if|elsif|unless|case)\b/.test(tag) && named.test(tag));
  return (
    !isAsked &&
    tags.some(
      (tag) =>
        (printed.test(tag) && !/\|\s*default\s*:/.test(tag)) ||
        (/^\{%-?\s*render\b/.test(tag) && handed.test(tag)),
    )
  );
};

const isPlain = (literal: string): boolean => !/[{}%]/.test(literal);
const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** One `{{ … }}` or `{% … %}` of a partial, or what stands in it, with the values in the place of their names. */
export const withValues = (tag: string, values: ReadonlyMap<string, Argument>, isMarkup: boolean): string => {
  const alone = /^\{\{-?\s*([A-Za-z_][\w-]*)\s*-?\}\}$/.exec(tag)?.[1];
  const literal = alone === undefined ? undefined : values.get(alone)?.literal;
  if (literal !== undefined && isPlain(literal)) return isMarkup ? escaped(literal) : literal;
  const [head, rest] = withoutTagName(tag);
  const changed = rest.replace(names, (all, name: string | undefined) =>
    name === undefined ? all : (values.get(name)?.code ?? all),
  );
  return head + changed;
};
