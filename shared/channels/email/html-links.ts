const attribute = /\s+([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]{0,8000})"|'([^']{0,8000})'|([^\s"'=<>`]{1,8000})))?/y;
const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

const decode = (text: string): string =>
  text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(amp|lt|gt|quot|apos));/gi, (all, dec, hex, name) => {
    if (name) return named[name.toLowerCase()] ?? all;
    const code = dec ? Number(dec) : Number.parseInt(hex, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : all;
  });

const encode = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;');

/**
 * Rewrites the `href` of every `<a>` and `<area>`. Reads rendered HTML, where tags are whole; scans
 * forward only, so its time grows with the length.
 */
export const mapLinks = (html: string, change: (url: string) => string): string => {
  let out = '';
  let done = 0;
  for (const tag of html.matchAll(/<a(?:rea)?(?=\s)/gi)) {
    attribute.lastIndex = tag.index + tag[0].length;
    for (let found = attribute.exec(html); found; found = attribute.exec(html)) {
      if (found[1]?.toLowerCase() !== 'href') continue;
      const url = decode(found[2] ?? found[3] ?? found[4] ?? '').trim();
      const nameEnds = found.index + found[0].search(/=/) + 1;
      if (found[0].includes('=')) {
        out += `${html.slice(done, nameEnds)}"${encode(change(url))}"`;
        done = found.index + found[0].length;
      }
      break;
    }
  }
  return out + html.slice(done);
};

/** The same for plain text; a full stop or bracket after an address is not part of it. */
export const mapTextLinks = (text: string, change: (url: string) => string): string =>
  text.replace(/https?:\/\/[^\s<>"]{1,4000}/g, (found) => {
    const url = found.replace(/[.,;:!?)\]}']+$/, '');
    return change(url) + found.slice(url.length);
  });
