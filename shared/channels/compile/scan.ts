/** Where something stands in a text. */
export interface Found {
  start: number;
  end: number;
}

const closings: Readonly<Record<string, string>> = { '{{': '}}', '{%': '%}' };

/** `{{ … }}` and `{% … %}`, in one pass: what is never closed is looked for once. */
export const markupIn = (text: string): Found[] => {
  const found: Found[] = [];
  const unclosed = new Set<string>();
  const opening = /\{[{%]/g;
  for (let at = opening.exec(text); at; at = opening.exec(text)) {
    const [mark] = at;
    const close = unclosed.has(mark) ? -1 : text.indexOf(closings[mark] ?? '', at.index + 2);
    if (close < 0) unclosed.add(mark);
    else {
      found.push({ start: at.index, end: close + 2 });
      opening.lastIndex = close + 2;
    }
  }
  return found;
};

/** The same as texts. */
export const markupOf = (text: string): string[] =>
  markupIn(text).map(({ start, end }) => text.slice(start, end));

/** Comments are no part of a message; what stands behind them keeps its place. */
export const withoutComments = (text: string): string => {
  let out = '';
  let done = 0;
  for (let start = text.indexOf('<!--'); start >= 0; start = text.indexOf('<!--', done)) {
    const close = text.indexOf('-->', start + 4);
    if (close < 0) break;
    out += text.slice(done, start) + text.slice(start, close + 3).replace(/[^\n]/g, ' ');
    done = close + 3;
  }
  return out + text.slice(done);
};
