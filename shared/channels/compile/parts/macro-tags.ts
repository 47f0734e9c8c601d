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

const markup =
  /\{%(-?)\s*(raw|comment)\s*-?%\}[\s\S]*?\{%-?\s*end\2\s*-?%\}|\{%(-?)\s*(render|block|endblock)\b((?:[^%]|%(?!\}))*?)(-?)%\}/g;

export const macroTags = (text: string, from = 0, to = text.length): MacroTag[] =>
  [...text.slice(from, to).matchAll(markup)].flatMap((found) => {
    const [whole, , , before, name, rest = '', after] = found;
    if (name === undefined) return [];
    const start = from + found.index;
    return [
      {
        name: name as MacroTag['name'],
        ...{ rest: rest.trim(), start, end: start + whole.length },
        ...{ trimsBefore: before === '-', trimsAfter: after === '-' },
      },
    ];
  });

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
