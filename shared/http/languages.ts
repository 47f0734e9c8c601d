/** Enough for any browser; a header made to be long is not read to its end. */
const most = 20;

/** Languages that a browser asks for, the best first (RFC 9110, 12.5.4). `*` and what is refused are left out. */
export const languagesOf = ({ headers }: { headers: Readonly<Record<string, string>> }): string[] =>
  (headers['accept-language'] ?? '')
    .slice(0, 1_000)
    .split(',', most)
    .map((part) => {
      const [tag = '', ...parameters] = part.split(';').map((text) => text.trim());
      const weight = parameters.find((text) => /^q=/i.test(text))?.slice(2);
      return { tag, weight: weight === undefined ? 1 : Number(weight) };
    })
    .filter(({ tag, weight }) => /^[a-z]{1,8}(?:-[a-z\d]{1,8})*$/i.test(tag) && weight > 0 && weight <= 1)
    .sort((a, b) => b.weight - a.weight)
    .map(({ tag }) => tag);
