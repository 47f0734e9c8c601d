export type TokenKind = 'identifier' | 'name' | 'value' | 'number' | 'symbol' | 'end';

export interface Token {
  kind: TokenKind;
  text: string;
  start: number;
  end: number;
}

const tokenPattern =
  /[ \t\r\n]*(?:([A-Za-z][A-Za-z0-9_]*)|(#[A-Za-z0-9_]+)|(:[A-Za-z0-9_]+)|(0|[1-9][0-9]*)|(<>|<=|>=|[^ \t\r\n]))/uy;
const kinds: readonly TokenKind[] = ['identifier', 'name', 'value', 'number', 'symbol'];

/** The last token is always the end. A character that fits nowhere is a symbol, for the parser to refuse. */
export const tokenize = (source: string): Token[] => {
  const tokens: Token[] = [];
  tokenPattern.lastIndex = 0;
  for (let match = tokenPattern.exec(source); match; match = tokenPattern.exec(source)) {
    const group = match.findIndex((text, i) => i > 0 && text !== undefined);
    const text = match[group]!;
    const end = match.index + match[0].length;
    tokens.push({ kind: kinds[group - 1]!, text, start: end - text.length, end });
  }
  tokens.push({ kind: 'end', text: '<EOF>', start: source.length, end: source.length });
  return tokens;
};
