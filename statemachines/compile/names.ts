const longest = 80;

/**
 * Author's words as a state may carry them. Braces become brackets, so that no name can hold a
 * JSONata expression (`{% %}`), a substitution of CloudFormation (`${}`) or a reference that it
 * resolves (`{{resolve:}}`); control, format and broken characters become spaces.
 */
export const plainText = (text: string): string =>
  text
    .replaceAll('{', '(')
    .replaceAll('}', ')')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim();

/** At most `length` UTF-16 units, never half a character, with a sign that something is missing. */
export const shorten = (text: string, length: number): string =>
  text.length <= length
    ? text
    : `${text
        .slice(0, length - 1)
        .replace(/[\uD800-\uDBFF]$/, '')
        .trimEnd()}…`;

/** Two names as one, neither crowding the other out. */
export const joinNames = (first: string, second: string): string => {
  const room = longest - 3;
  const forSecond = Math.max(Math.floor(room / 2), room - first.length);
  const end = shorten(second, forSecond);
  return `${shorten(first, room - end.length)} · ${end}`;
};

export interface StateNames {
  /** The name of the state `key`: `text` and `part`, with `mark` in between where that is taken. */
  claim(key: string, text: string, mark: string, part?: string): string;
}

/** State names are unique, at most 80 characters, and none is a member that every object has. */
export const createStateNames = (): StateNames => {
  const given = new Map<string, string>();
  const taken = new Set<string>();
  const take = (name: string): boolean => {
    if (name === '' || taken.has(name) || name in Object.prototype) return false;
    taken.add(name);
    return true;
  };
  const choose = (text: string, mark: string, part: string): string => {
    for (let n = 0; ; n++) {
      const end = [n > 0 && ` (${mark})`, n > 1 && ` ${n}`, part].filter(Boolean).join('');
      const name = shorten(text, longest - end.length) + end;
      if (take(name)) return name;
    }
  };
  return {
    claim(key, text, mark, part = '') {
      const known = given.get(key);
      if (known !== undefined) return known;
      const name = choose(plainText(text) || mark, mark, part);
      given.set(key, name);
      return name;
    },
  };
};
