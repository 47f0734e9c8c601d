/** In the order in which they win where a header has as many of two. */
export const separators = [',', ';', '\t', '|'] as const;
export type Separator = (typeof separators)[number];

const names: Readonly<Record<string, Separator>> = {
  comma: ',',
  semicolon: ';',
  tab: '\t',
  pipe: '|',
};

export const separatorNamed = (name: string): Separator | undefined =>
  separators.find((separator) => separator === name) ?? names[name.toLowerCase()];

/** Excel writes and reads a first line of `sep=;`. */
const declaration = /^\uFEFF?sep=([,;\t|])\r?\n/i;
export const declaredSeparator = (text: string): { separator?: Separator; rest: string } => {
  const found = declaration.exec(text.slice(0, 16));
  return found ? { separator: found[1] as Separator, rest: text.slice(found[0].length) } : { rest: text };
};

/** The header, also where a name in it goes over lines, without what stands in quotes. */
const unquotedHeader = (text: string): string => {
  let quoted = false;
  let header = '';
  for (const character of text) {
    if (character === '"') quoted = !quoted;
    else if (!quoted && (character === '\n' || character === '\r')) {
      if (header.trim() !== '') return header;
    } else if (!quoted) header += character;
  }
  return header;
};

const longestHeader = 64 * 1024;

/** The one that the header has most of. A file of one column has none, and any will do. */
export const sniffSeparator = (text: string): Separator => {
  const header = unquotedHeader(text.slice(0, longestHeader));
  const count = (separator: Separator): number => header.split(separator).length;
  return separators.reduce((best, each) => (count(each) > count(best) ? each : best));
};
