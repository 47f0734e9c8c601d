import { type ParseError, printParseErrorCode } from 'jsonc-parser';

interface Words {
  message: string;
  hint?: string;
}

const words: Partial<Record<string, Words>> = {
  InvalidNumberFormat: { message: 'this is not a number of JSON' },
  PropertyNameExpected: {
    message: 'the name of a member is expected here',
    hint: 'names stand in double quotes; after the last member comes no comma',
  },
  ValueExpected: {
    message: 'a value is expected here',
    hint: 'after the last entry comes no comma',
  },
  ColonExpected: { message: 'a colon is expected here, between a name and its value' },
  CommaExpected: {
    message: 'a comma is expected here',
    hint: 'put a comma after the entry before this one',
  },
  CloseBraceExpected: { message: 'a "}" is missing: the object is not closed' },
  CloseBracketExpected: { message: 'a "]" is missing: the list is not closed' },
  EndOfFileExpected: { message: 'the document has ended before this; nothing may follow' },
  InvalidCommentToken: {
    message: 'comments are not allowed in a journey',
    hint: 'use "name" and "objective" for words to people',
  },
  UnexpectedEndOfComment: { message: 'comments are not allowed in a journey' },
  UnexpectedEndOfString: {
    message: 'this text is not closed',
    hint: 'add a double quote at its end; a line break in a text is written as \\n',
  },
  UnexpectedEndOfNumber: { message: 'this number is cut off' },
  InvalidUnicode: { message: 'after \\u come four digits of hexadecimal' },
  InvalidEscapeCharacter: {
    message: 'this is no escape of JSON',
    hint: 'write a backslash as \\\\',
  },
  InvalidCharacter: {
    message: 'a control character stands in this text',
    hint: 'write a line break as \\n and a tab as \\t',
  },
};

const singleQuote: Words = { message: 'JSON knows no single quotes', hint: 'use double quotes: "' };
const curlyQuote: Words = {
  message: 'this is a typographic quote, as word processors make them',
  hint: 'use the plain double quote: "',
};

/** The first mistake in the text, in words. */
export const syntaxWords = ({ error, offset }: ParseError, text: string): Words => {
  const found = text[offset] ?? '';
  if (offset >= text.trimEnd().length && text.trim() === '') return { message: 'the document is empty' };
  if (found === "'") return singleQuote;
  if ('“”„‘’'.includes(found) && found !== '') return curlyQuote;
  return words[printParseErrorCode(error)] ?? { message: 'this is not JSON' };
};
