import { Refusal } from '#kernel/errors';
import { endOfString, type JsonProblem, parseJson } from '#kernel/json';

export interface BatchText {
  value: unknown;
  /** What is wrong with the text of an event, by its place; `value` holds nothing there. */
  unreadable: ReadonlyMap<number, JsonProblem>;
}

interface Span {
  from: number;
  to: number;
}

/** Where the items of the list that the outermost object calls `batch` stand. One pass, without recursion. */
const findItems = (text: string): Span[] | undefined => {
  const items: Span[] = [];
  let [depth, name, from] = [0, '', -1];
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (c === '"') {
      const end = endOfString(text, i);
      if (depth === 1) name = text.slice(i + 1, end);
      i = end;
    } else if (c === '{' || c === '[') {
      depth++;
      if (depth === 2 && c === '[' && name === 'batch') from = i + 1;
    } else if (c === ',' && depth === 2 && from >= 0) {
      items.push({ from, to: i });
      from = i + 1;
    } else if (c === '}' || c === ']') {
      depth--;
      if (depth === 1 && from >= 0) return [...items, { from, to: i }];
    }
  }
  return undefined;
};

const refuse = ({ code, message }: JsonProblem): never => {
  throw new Refusal(400, code, message);
};

/** The text without its events must be right; each event stands for itself. */
const readApart = (text: string, problem: JsonProblem, maxBytes: number): BatchText => {
  const items = findItems(text);
  const [first, last] = [items?.[0], items?.at(-1)];
  if (!items || !first || !last) return refuse(problem);
  const around = parseJson(text.slice(0, first.from) + text.slice(last.to), { maxBytes });
  if (around.problem) return refuse(around.problem);
  const read = items.map(({ from, to }) => parseJson(text.slice(from, to), { maxBytes }));
  return {
    value: { ...(around.value as object), batch: read.map(({ value }) => value) },
    unreadable: new Map(read.flatMap((r, i) => (r.problem ? [[i, r.problem] as const] : []))),
  };
};

/** What our strictness finds in one event (a name twice, half a character) is no reason to lose the others. */
export const readBatchText = (text: string, maxBytes: number): BatchText => {
  const { value, problem } = parseJson(text, { maxBytes });
  if (!problem) return { value, unreadable: new Map() };
  return problem.code === 'not-json' || problem.code === 'too-large'
    ? refuse(problem)
    : readApart(text, problem, maxBytes);
};
