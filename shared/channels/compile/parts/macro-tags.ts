import { type Found, markupIn } from '../scan.ts';

/** `{% render … %}`, `{% block … %}` and `{% endblock %}`: those that put texts together, before Liquid runs. */
export interface MacroTag {
  name: 'render' | 'block' | 'endblock';
  /** What stands behind the name. */
  rest: string;
  start: number;
  end: number;
  /** `{%-` and `-%}` take the blanks beside them away, as in Liquid. */
  trimsBefore: boolean;
  trimsAfter: boolean;
}

const form = /^\{%(-?)\s*(render|block|endblock)\b([\s\S]*?)(-?)%\}$/;
const quiet = /^\{%-?\s*(?:end)?(raw|comment)\s*-?%\}$/;

/** Within `raw` and `comment` nothing is a tag; one that is never closed is none. */
export const macroTags = (text: string, from = 0, to = text.length): MacroTag[] => {
  const inner = text.slice(from, to);
  const tags = markupIn(inner);
  const found: MacroTag[] = [];
  const lastEnds = lastEndsOf(inner, tags);
  let within: string | undefined;
  for (const { start, end } of tags) {
    const tag = inner.slice(start, end);
    const name = quiet.exec(tag)?.[1];
    if (within !== undefined) within = name === within && /^\{%-?\s*end/.test(tag) ? undefined : within;
    else if (name !== undefined) within = start < (lastEnds.get(name) ?? -1) ? name : undefined;
    else found.push(...readTag(tag, from + start));
  }
  return found;
};

const lastEndsOf = (text: string, tags: readonly Found[]): ReadonlyMap<string, number> =>
  new Map(
    tags.flatMap(({ start, end }) => {
      const [, name] = /^\{%-?\s*end(raw|comment)\b/.exec(text.slice(start, end)) ?? [];
      return name === undefined ? [] : [[name, start] as const];
    }),
  );

const readTag = (tag: string, start: number): MacroTag[] => {
  const [, before, name, rest = '', after] = form.exec(tag) ?? [];
  if (name === undefined) return [];
  return [
    {
      name: name as MacroTag['name'],
      ...{ rest: rest.trim(), start, end: start + tag.length },
      ...{ trimsBefore: before === '-', trimsAfter: after === '-' },
    },
  ];
};

/** A value handed to a partial. */
export interface Argument {
  /** As Liquid would read it. */
  code: string;
  /** The text itself, where it is one. */
  literal?: string;
}

export interface RenderCall {
  id: string;
  values: Map<string, Argument>;
}

const callForm = /^(?:'([^']*)'|"([^"]*)")\s*([\s\S]*)$/;
const valueForm =
  /^,?\s*([A-Za-z_]\w*)\s*:\s*(?:'([^']*)'|"([^"]*)"|(-?\d+(?:\.\d+)?|true|false|[A-Za-z_][\w-]*(?:\.[\w-]+)*))\s*/;

/** Undefined where it is not written as `{% render 'ID', name: value %}`. */
export const readCall = (rest: string): RenderCall | undefined => {
  const [, one, other, more = ''] = callForm.exec(rest) ?? [];
  const id = one ?? other;
  if (id === undefined) return undefined;
  const values = new Map<string, Argument>();
  let left = more.trim();
  while (left !== '') {
    const [whole, name = '', single, double, code = ''] = valueForm.exec(left) ?? [];
    if (whole === undefined) return undefined;
    const literal = single ?? double;
    values.set(name, literal === undefined ? { code } : { code: quoted(literal), literal });
    left = left.slice(whole.length);
  }
  return { id, values };
};

/** In single quotes where it can be: the value may come to stand within an attribute. */
const quoted = (text: string): string => (text.includes("'") ? `"${text}"` : `'${text}'`);

/** `{% block NAME %}` */
export const readBlockName = (rest: string): string | undefined =>
  /^(?:'([\w-]+)'|"([\w-]+)"|([\w-]+))$/.exec(rest)?.slice(1).find(Boolean);
