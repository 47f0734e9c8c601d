import type { Issue } from '#kernel/issue';
import { parseText } from '../../document/parse.ts';
import { inspectDocument } from '../check.ts';
import type { References } from '../references.ts';
import { applyEdits, splice } from './apply.ts';
import type { Repair } from './repair.ts';
import { withoutRepeats } from './repeats.ts';
import { type Mended, mendSyntax } from './syntax.ts';
import { tidyings } from './tidy.ts';

export interface Fixed {
  /** The author's text, with nothing else changed than what is told in `repaired`. */
  text: string;
  repaired: { line: number; says: string }[];
  /** What only the author can mend. */
  left: Issue[];
}

export interface FixOptions {
  /** Address of the JSON Schema, for documents that name none. */
  schema?: string;
}

const mostPasses = 5;

/**
 * Repairs what has one meaning only. Each repair is kept only if it mends what it is for; a document that
 * was right means the same afterwards.
 */
export const fixDocument = (source: string, references: References = {}, options: FixOptions = {}): Fixed => {
  // Some editors put a byte order mark in front, and want to find it there again.
  const mark = source.startsWith('\uFEFF') ? '\uFEFF' : '';
  const { text, repaired } = fixText(source.slice(mark.length), references, options);
  const whole = mark + text;
  return { text: whole, repaired, left: inspectDocument(whole, references).issues };
};

const fixText = (source: string, references: References, options: FixOptions): Pass => {
  const json = mendSyntax(source);
  const once = isJson(json.text) ? withoutRepeats(json.text) : { text: json.text, done: [] };
  const repaired = [...told(json.done, source), ...told(once.done, json.text)];
  let text = once.text;
  for (let pass = 0; pass < mostPasses; pass++) {
    const next = onePass(text, references);
    if (next.text === text) break;
    text = next.text;
    repaired.push(...next.repaired);
  }
  const named = withSchema(text, options.schema);
  if (named !== text) repaired.push({ line: 1, says: `named the schema "${options.schema}", for editors` });
  repaired.sort((a, b) => a.line - b.line);
  return { text: named, repaired };
};

const isJson = (text: string): boolean => parseText(text).problems.every(({ code }) => code !== 'not-json');

const told = (done: Mended['done'], text: string): Fixed['repaired'] => {
  const { positionAt } = parseText(text);
  return done.map(({ says, offset }) => ({ line: positionAt(offset).line, says }));
};

type Pass = Pick<Fixed, 'text' | 'repaired'>;

const onePass = (text: string, references: References): Pass => {
  const { repairs } = inspectDocument(text, references);
  const parsed = parseText(text);
  const tidy = parsed.problems.length > 0 ? [] : tidyings(parsed.value);
  const kept = thatHelp(text, [...repairs, ...tidy], references);
  const lineOf = ({ edits: [first] }: Repair): number => (first ? parsed.position(first.path).line : 1);
  return {
    text: applyAll(text, kept),
    repaired: kept.map((repair) => ({ line: lineOf(repair), says: repair.says })),
  };
};

const applyAll = (text: string, repairs: readonly Repair[]): string =>
  applyEdits(
    text,
    repairs.flatMap(({ edits }) => edits),
  );

/** All at once if each then mends its issue; else one by one, those that do. */
const thatHelp = (text: string, repairs: readonly Repair[], references: References): readonly Repair[] => {
  const help = (some: readonly Repair[]): boolean => {
    const left = inspectDocument(applyAll(text, some), references).issues;
    const wrong = new Set(left.filter(({ severity }) => severity === 'error').map(({ path }) => path));
    return !some.some(({ mends }) => mends !== undefined && wrong.has(mends));
  };
  if (repairs.length === 0 || help(repairs)) return repairs;
  return repairs.slice(0, mostTried).filter((repair) => help([repair]));
};
const mostTried = 100;

const withSchema = (text: string, schema: string | undefined): string => {
  const { value, problems } = parseText(text);
  if (schema === undefined || problems.length > 0 || typeof value !== 'object' || value === null) return text;
  const opening = /^\s*\{(\s*)(?=")/.exec(text);
  if (!opening || '$schema' in value) return text;
  const [whole, gap = ''] = opening;
  const member = `"$schema": ${JSON.stringify(schema)},${gap === '' ? ' ' : gap}`;
  return splice(text, [{ offset: whole.length, length: 0, text: member }]);
};
