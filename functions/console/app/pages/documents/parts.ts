/** A document as it is edited: its JSON, and long texts apart from it. */
export type Parts = Readonly<Record<string, string>>;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const split = (
  holder: Record<string, unknown>,
  bodies: readonly string[],
): { rest: Record<string, unknown>; texts: [string, string][] } => {
  const isText = ([name, value]: [string, unknown]): boolean =>
    bodies.includes(name) && typeof value === 'string';
  const members = Object.entries(holder);
  return {
    rest: Object.fromEntries(members.filter((member) => !isText(member))),
    texts: members.filter(isText) as [string, string][],
  };
};

/**
 * Texts of other languages are called `de.mjml`.
 * @param bodies members that are edited as texts of their own
 */
export const takeApart = (document: unknown, bodies: readonly string[]): Parts => {
  if (!isObject(document)) return { json: JSON.stringify(document, null, 2) };
  const { rest, texts } = split(document, bodies);
  const others = Object.entries(isObject(rest.languages) ? rest.languages : {}).map(([tag, words]) => ({
    ...{ tag, ...split(isObject(words) ? words : {}, bodies) },
  }));
  const languages = Object.fromEntries(others.map(({ tag, rest: words }) => [tag, words]));
  const json = { ...rest, ...(isObject(rest.languages) ? { languages } : {}) };
  return {
    json: JSON.stringify(json, null, 2),
    ...Object.fromEntries(texts),
    ...Object.fromEntries(
      others.flatMap(({ tag, texts: words }) => words.map(([name, text]) => [`${tag}.${name}`, text])),
    ),
  };
};

/** A language that was taken out of the JSON takes its texts along. */
const withTexts = (value: Record<string, unknown>, texts: Parts): Record<string, unknown> => {
  const whole: Record<string, unknown> = structuredClone(value);
  for (const [name, text] of Object.entries(texts)) {
    const [tag, body] = name.includes('.') ? name.split('.') : [undefined, name];
    const holder =
      tag === undefined ? whole : (whole.languages as Record<string, unknown> | undefined)?.[tag];
    if (isObject(holder) && body !== undefined) holder[body] = text;
  }
  return whole;
};

export type Put = { value: unknown; fault?: undefined } | { fault: string; value?: undefined };

/** The document again, or why it is none yet. */
export const putTogether = ({ json = '', ...texts }: Parts): Put => {
  try {
    const value: unknown = JSON.parse(json);
    return { value: isObject(value) ? withTexts(value, texts) : value };
  } catch (error) {
    return { fault: (error as Error).message };
  }
};

export const isId = (text: string): boolean => /^[a-z][a-z0-9-]{0,47}$/.test(text);
