import type { MessageOrder } from '../order.ts';

/** Joins a query to an address, before its fragment, and changes nothing else about it. */
export const withQuery = (url: string, query: string): string => {
  if (query === '') return url;
  const [, base = '', fragment = ''] = /^([^#]*)(#.*)?$/s.exec(url) ?? [];
  const mark = base.includes('?') ? (/[?&]$/.test(base) ? '' : '&') : '?';
  return `${base}${mark}${query}${fragment}`;
};

const isOf = (host: string, site: string): boolean => host === site || host.endsWith(`.${site}`);

/**
 * The `utm_…` marks of a link, as a query; empty for other people's sites and where the address has
 * such marks of its own.
 */
export const createMarks = ({ client, run, step }: MessageOrder): ((url: string) => string) => {
  const { utm } = client.channels.email ?? {};
  if (!utm) return () => '';
  const own = [...Object.values(client.links), ...(client.origins ?? [])].map(
    (link) => new URL(link).hostname,
  );
  const sites = utm.hosts ?? own;
  const query = new URLSearchParams({
    utm_source: utm.source ?? client.name,
    utm_medium: utm.medium,
    utm_campaign: utm.campaign ?? run.journey,
    utm_content: step,
  }).toString();
  return (url) => {
    if (!/^https?:/i.test(url) || !URL.canParse(url)) return '';
    const { hostname, searchParams } = new URL(url);
    const isMarked = [...searchParams.keys()].some((name) => name.startsWith('utm_'));
    return isMarked || !sites.some((site) => isOf(hostname, site)) ? '' : query;
  };
};
