/** What can be seen in a text with Liquid without rendering it. */

/** Tags that only shape one text. Those that read files (`include`, `render`, `layout`) are not among them. */
const tags: ReadonlySet<string> = new Set([
  'if',
  'elsif',
  'else',
  'endif',
  'unless',
  'endunless',
  'case',
  'when',
  'endcase',
  'for',
  'break',
  'continue',
  'endfor',
  'assign',
  'capture',
  'endcapture',
  'comment',
  'endcomment',
  'raw',
  'endraw',
]);

export interface LiquidTag {
  /** First word after `{%`; empty when there is none. */
  name: string;
  known: boolean;
}

export const tagsOf = (text: string): LiquidTag[] =>
  [...text.matchAll(/\{%-?\s*([A-Za-z_]*)/g)].map(([, name = '']) => ({ name, known: tags.has(name) }));

export interface LiquidVariable {
  /** `contact.firstName` */
  path: string;
  hasDefault: boolean;
}

/** Outputs of the form `{{ path | filters }}`, without the names that the text makes itself. */
export const variablesOf = (text: string): LiquidVariable[] => {
  const own = new Set(
    [...text.matchAll(/\{%-?\s*(?:for|assign|capture)\s+([\w-]+)/g)].map(([, name]) => name),
  );
  return outputsOf(text).filter(({ path }) => {
    const [root] = path.split('.');
    return root !== 'forloop' && !own.has(root);
  });
};

const outputsOf = (text: string): LiquidVariable[] =>
  [...text.matchAll(/\{\{-?\s*([A-Za-z_][\w-]*(?:\.[\w-]+)*)\s*(\|[^{}]*)?-?\}\}/g)].map(
    ([, path = '', filters = '']) => ({
      path,
      hasDefault: /\|\s*default\s*:/.test(filters),
    }),
  );

const closing: Readonly<Record<string, string>> = { '{{': '}}', '{%': '%}' };

/** An output or a tag that is opened and not closed, or closed and not opened. One pass: texts may be hostile. */
export const isUnclosed = (text: string): boolean => {
  let awaited: string | undefined;
  for (const [mark] of text.matchAll(/\{\{|\}\}|\{%|%\}/g)) {
    if (mark !== (awaited ?? mark) || (awaited === undefined && closing[mark] === undefined)) return true;
    awaited = awaited === undefined ? closing[mark] : undefined;
  }
  return awaited !== undefined;
};
