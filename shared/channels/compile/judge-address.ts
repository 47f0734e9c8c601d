/** What is wrong with an address in a template, as far as can be known before it is rendered. */
export interface Judgement {
  code: 'broken-link' | 'dynamic-link' | 'unsafe-link';
  message: string;
  hint?: string;
}

const output = /\{\{-?\s*([\w-]+)((?:\.[\w-]+)*)([^}]*)\}\}/g;
const fromOutside: ReadonlySet<string> = new Set(['contact', 'trigger', 'results']);
/** Whole addresses that the client's people wrote. */
const trusted = /\{\{-?\s*(?:links|brand)\.[^}]*\}\}/g;
const encodes = /\|\s*(?:url_encode|uri_escape|cgi_escape|slugify|to_integer|round|floor|ceil)\b/;

const decoded = (text: string): string => text.replaceAll('&amp;', '&').replaceAll('&#38;', '&');

const broken = (message: string, hint?: string): Judgement => ({
  code: 'broken-link',
  message,
  ...(hint === undefined ? {} : { hint }),
});

/** As browsers read it: without what they leave out, in capitals or not, by number or not. */
const asRead = (text: string): string =>
  text
    .replace(/&#(?:x([\da-f]{1,6})|(\d{1,7}));?/gi, (_, hex, number) =>
      String.fromCharCode(hex ? Number.parseInt(hex, 16) : Number(number)),
    )
    .replace(/&(?:tab|newline);|[\s\p{Cc}]/giu, '');
const runs = /^(?:javascript|vbscript|livescript|data|file|blob|filesystem|view-source):/i;

const judgeScheme = (shown: string, plain: string): Judgement | undefined => {
  if (/^[a-z][a-z\d+.-]*:/i.test(plain) && !/^[\w-]+(?:\.[\w-]+)+:\d/.test(plain))
    return broken(`${shown} is no web or mail address`, 'use one that begins with https://, mailto: or tel:');
  if (
    !/\.(?:png|jpe?g|gif|svg|webp|html?|pdf)$/i.test(plain) &&
    /^(?:www\.|[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?:[/:?#]|$))/i.test(plain)
  )
    return broken(`${shown} does not say https://`, `write "https://${plain}"`);
  return broken(
    `${shown} is only a piece of an address, and a mail stands on no site`,
    'write the whole address, or a page of client.json: {{ links.NAME }}',
  );
};

/** @param plain with a letter in the place of each value */
const judgeWritten = (shown: string, plain: string): Judgement | undefined => {
  if (plain.trim() === '')
    return broken('this link leads nowhere: its address is empty', 'name a page: {{ links.NAME }}');
  if (plain === '#')
    return broken('this link leads nowhere: its address is only "#"', 'name a page: {{ links.NAME }}');
  if (/^(?:mailto|tel|sms):./i.test(plain) || plain.startsWith('#')) return undefined;
  if (!/^https?:/i.test(plain)) return judgeScheme(shown, plain);
  if (/\s/.test(plain.trim())) return broken(`${shown} has a blank in it`, 'write %20 for a blank');
  const host = URL.canParse(plain) && /^https?:\/\/[^/]/i.test(plain) ? new URL(plain).hostname : '';
  if (!host.includes('.') && !host.startsWith('['))
    return broken(`${shown} names no host that could be found`);
  return undefined;
};

const judgeValues = (value: string, shown: string): Judgement | undefined => {
  for (const found of value.matchAll(output)) {
    const [whole, root = '', path = '', filters = ''] = found;
    if (root === 'brand' && path === '.website' && found.index === 0)
      return broken(
        'brand.website is how people say it, and no address',
        'name a page of client.json: {{ links.site }}',
      );
    if (!fromOutside.has(root)) continue;
    const before = value.slice(0, found.index).replace(trusted, 'https://x.example/');
    if (!/^(?:https?:\/\/[^/?#]+[/?#]|mailto:|tel:|sms:)/i.test(before))
      return {
        code: 'dynamic-link',
        message: `where this link leads is known only when it is sent: ${root}${path} chooses the site`,
        hint: 'write the site yourself: https://shop.example/{{ … | url_encode }}; clicks on other sites are not counted',
      };
    if (!encodes.test(filters))
      return {
        code: 'dynamic-link',
        message: `${shown} takes ${whole} as it is: a blank or "&" in it leads astray`,
        hint: `write {{ ${root}${path} | url_encode }}`,
      };
  }
  return undefined;
};

const longest = 80;

/** Undefined where nothing is wrong with it, as far as can be seen. */
export const judgeAddress = (raw: string, isImage: boolean): Judgement | undefined => {
  const value = decoded(raw).trim();
  const shown = `"${value.length > longest ? `${value.slice(0, longest)}…` : value}"`;
  if (!isImage && runs.test(asRead(raw)))
    return {
      code: 'unsafe-link',
      message: `${shown} would run or hold something instead of leading somewhere`,
      hint: 'use one that begins with https://, mailto: or tel:, or a page of client.json: {{ links.NAME }}',
    };
  // Which of several addresses it is, Liquid decides.
  if (value.includes('{%')) return undefined;
  const beginsWithValue = /^\{\{/.test(value);
  const byValue = isImage && !/^\{\{-?\s*brand\.website/.test(value) ? undefined : judgeValues(value, shown);
  if (byValue || beginsWithValue || (isImage && /^(?:data|cid):/i.test(value))) return byValue;
  return judgeWritten(shown, value.replace(/\{\{[^}]*\}\}/g, 'x'));
};
