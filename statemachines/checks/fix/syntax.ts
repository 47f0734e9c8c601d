import { type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import { splice } from './apply.ts';

export interface Mended {
  text: string;
  /** What was done, with the offset at which it was done. */
  done: { says: string; offset: number }[];
}

const mostMistakes = 100;

/** Commas that are missing or left over, and the quotes of word processors. What else is no JSON is left. */
export const mendSyntax = (source: string): Mended => {
  const mended: Mended = { text: source, done: [] };
  for (let n = 0; n < mostMistakes; n++) {
    const [error] = errorsOf(mended.text);
    const next = error && (withoutComma(mended.text, error) ?? withComma(mended.text, error));
    if (!next || errorsOf(next.text)[0]?.offset === error.offset) break;
    mended.text = next.text;
    mended.done.push(next.done);
  }
  return mended.done.length > 0 ? mended : withStraightQuotes(source);
};

const errorsOf = (text: string): ParseError[] => {
  const errors: ParseError[] = [];
  parseTree(text, errors, { disallowComments: true, allowTrailingComma: false });
  return errors;
};

type Step = { text: string; done: Mended['done'][number] } | undefined;

const withoutComma = (text: string, { error, offset }: ParseError): Step => {
  if (!['PropertyNameExpected', 'ValueExpected'].includes(printParseErrorCode(error))) return undefined;
  const comma = text.slice(0, offset).trimEnd().length - 1;
  if (text[comma] !== ',' || !/^\s*[}\]]/.test(text.slice(comma + 1))) return undefined;
  return {
    text: splice(text, [{ offset: comma, length: 1, text: '' }]),
    done: { says: 'removed a comma after the last entry', offset: comma },
  };
};

/** Only between lines: within one, something else may be missing. */
const withComma = (text: string, { error, offset }: ParseError): Step => {
  if (printParseErrorCode(error) !== 'CommaExpected') return undefined;
  const end = text.slice(0, offset).trimEnd().length;
  if (!text.slice(end, offset).includes('\n') || !/["\d}\]el]/.test(text[end - 1] ?? '')) return undefined;
  return {
    text: splice(text, [{ offset: end, length: 0, text: ',' }]),
    done: { says: 'put a comma between two entries', offset: end },
  };
};

/** Where every quote is typographic, none of them can belong to a text. */
const withStraightQuotes = (text: string): Mended => {
  if (text.includes('"') || !/[“”„]/.test(text)) return { text, done: [] };
  const straight = text.replace(/[“”„]/g, '"');
  if (errorsOf(straight).length > 0) return { text, done: [] };
  return {
    text: straight,
    done: [{ says: 'wrote plain double quotes for typographic ones', offset: text.search(/[“”„]/) }],
  };
};
