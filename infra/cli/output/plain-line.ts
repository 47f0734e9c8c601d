/** What a contact sent, on one line: no line break forges an entry, and no escape sequence steers the terminal. */
export const plainLine = (text: string): string =>
  text.replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu, (character) =>
    character === '\n' || character === '\t'
      ? { '\n': '\\n', '\t': '\\t' }[character]
      : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
