/** Text in a picture without a browser: widths are estimated, a little too wide rather than too narrow. */

const narrow = /[iljtfrI.,:;'"`|!()[\]\s·-]/;
const wide = /[mwMW@%&—…]/;
const capital = /[A-Z0-9_+=<>#$?]/;
const fullWidth =
  /[\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7af\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60]|\p{Extended_Pictographic}/u;

const widthOf = (character: string): number => {
  if (fullWidth.test(character)) return 1.05;
  if (narrow.test(character)) return 0.33;
  if (wide.test(character)) return 0.92;
  return capital.test(character) ? 0.66 : 0.56;
};

/** In pixels. @param bold headings are wider */
export const textWidth = (text: string, size: number, bold = false): number =>
  [...text].reduce((sum, character) => sum + widthOf(character), 0) * size * (bold ? 1.06 : 1);

export interface TextStyle {
  size: number;
  bold?: boolean;
}

/** Lines that fit `width`, at most `lines` of them; the last ends with … where something is missing. */
export const wrap = (text: string, width: number, lines: number, style: TextStyle): string[] => {
  const words = plain(text)
    .split(' ')
    .flatMap((word) => pieces(word, width, style));
  const wrapped: string[] = [];
  for (const word of words) {
    const joined = `${wrapped.at(-1) ?? ''} ${word}`;
    if (wrapped.length > 0 && fits(joined, width, style)) wrapped[wrapped.length - 1] = joined;
    else wrapped.push(word);
  }
  if (wrapped.length <= lines) return wrapped;
  return [...wrapped.slice(0, lines - 1), ellipsis(wrapped.slice(lines - 1).join(' '), width, style)];
};

const plain = (text: string): string => text.replace(/\s+/g, ' ').trim();

const fits = (text: string, width: number, { size, bold }: TextStyle): boolean =>
  textWidth(text, size, bold) <= width;

/** A word longer than a line, in parts. */
const pieces = (word: string, width: number, style: TextStyle): string[] => {
  if (fits(word, width, style)) return [word];
  const parts = [''];
  for (const character of word) {
    if (!fits(parts.at(-1) + character, width, style)) parts.push('');
    parts[parts.length - 1] += character;
  }
  return parts;
};

const ellipsis = (text: string, width: number, style: TextStyle): string => {
  const kept: string[] = [];
  for (const character of text) {
    if (!fits(`${kept.join('')}${character}…`, width, style)) break;
    kept.push(character);
  }
  return `${kept.join('').trimEnd()}…`;
};

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** For text and attributes of XML 1.0, which has no words for most control characters. */
export const escapeXml = (text: string): string =>
  text
    .toWellFormed()
    // biome-ignore lint/suspicious/noControlCharactersInRegex: those that XML refuses
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .replace(/[&<>"']/g, (character) => entities[character] ?? '');
