import type { Client } from '#model/client';
import type { Links } from '../links.ts';
import { withQuery } from './utm.ts';

const literalHost = /https?:\/\/([a-z\d.-]+(?::\d+)?)(?=[/?#"'\s<)]|$)/gi;

/** Hosts that the client's people wrote: in the settings, or word for word in the template. */
const hostsOf = (client: Client, source: string): ReadonlySet<string> => {
  const settings = Object.values(client.links).map((link) => new URL(link).host);
  const written = [...source.matchAll(literalHost)].map((m) => (m[1] ?? '').toLowerCase());
  return new Set([...settings, ...written]);
};

/** Anything but a web or mail address (`javascript:`, `data:`) has no business in a message. */
const isHarmless = (url: string): boolean => /^(?:https?:|mailto:|tel:|sms:|#|$)/i.test(url);

interface LinkChange {
  baseUrl: string;
  /** The `utm_…` marks of an address. */
  marks: (url: string) => string;
  /** Clicks are counted. */
  tracks: boolean;
}

/**
 * How one link of a message is changed. A click goes through us only when its host was written by
 * the client's people: a host that comes from data of a contact stays a plain link, so that our
 * domain never redirects to a place that a stranger chose.
 */
export const trackLink = (
  client: Client,
  source: string,
  links: Links,
  { baseUrl, marks, tracks }: LinkChange,
): ((url: string) => string) => {
  const hosts = hostsOf(client, source);
  return (url) => {
    if (!isHarmless(url)) return '#';
    if (!/^https?:/i.test(url) || url.startsWith(`${baseUrl}/`) || !URL.canParse(url) || url.length > 2_000)
      return url;
    const isWritten = hosts.has(new URL(url).host);
    if (tracks && isWritten) return links.click(url, marks(url));
    return isWritten ? withQuery(url, marks(url)) : url;
  };
};

const afterBody = /<body\b[^>]{0,2000}>/i;
const beforeEnd = /<\/body\s*>/i;

/** Puts markup first in the body, or first of all when there is no body. */
export const prependToBody = (html: string, markup: string): string => {
  const body = afterBody.exec(html);
  const at = body ? body.index + body[0].length : 0;
  return html.slice(0, at) + markup + html.slice(at);
};

export const appendToBody = (html: string, markup: string): string => {
  const at = beforeEnd.exec(html)?.index ?? html.length;
  return html.slice(0, at) + markup + html.slice(at);
};

export const openPixel = (links: Links): string =>
  `<img src="${links.open}" width="1" height="1" alt="" style="display:block;width:1px;height:1px;border:0">`;
