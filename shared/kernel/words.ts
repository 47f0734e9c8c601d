/** Small helpers for sentences that people read. */

/** `"a", "b" or "c"`, each in quotes. */
export const oneOf = (names: readonly string[], last = 'or'): string =>
  joined(
    names.map((name) => `"${name}"`),
    last,
  );

/** `a, b and c` */
export const joined = (names: readonly string[], last = 'and'): string =>
  names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} ${last} ${names.at(-1)}`;

export const plural = (count: number, noun: string, many = `${noun}s`): string =>
  `${count} ${count === 1 ? noun : many}`;

/** A value as JSON writes it, cut to a readable length: what was found. */
export const shown = (value: unknown): string => cut(JSON.stringify(value) ?? 'nothing', 80);

const cut = (text: string, length: number): string =>
  text.length <= length ? text : `${text.slice(0, length - 1)}…`;

/** One line, cut to a readable length. */
export const shortened = (text: string, length = 60): string => cut(text.replace(/\s+/g, ' '), length);
