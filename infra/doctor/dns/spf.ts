import type { Looked } from '../looked.ts';
import type { Dns } from './dns.ts';

/** What a mailbox that evaluates SPF for a domain comes to (RFC 7208). */
export interface Spf {
  /** Records of the domain itself; more than one is an error for every receiver. */
  records: readonly string[];
  /** Terms that ask the domain name system; counted no further than one above the limit. */
  lookups: number;
  /** Domains included, directly or by others. */
  includes: readonly string[];
  /** Included or redirected to, and without exactly one record of its own. */
  broken: readonly string[];
  /** What happens to everybody else: `-`, `~`, `?` or `+`. */
  all?: string;
}

/** RFC 7208, 4.6.4. */
export const mostLookups = 10;

const isSpf = (text: string): boolean => /^v=spf1(?: |$)/i.test(text);

interface Walk {
  lookups: number;
  includes: string[];
  broken: string[];
  failed?: string;
}

export const readSpf = async (domain: string, dns: Dns): Promise<Looked<Spf>> => {
  const answer = await dns.txt(domain);
  if (!('found' in answer)) return answer;
  const records = answer.found.filter(isSpf);
  const [record] = records;
  if (record === undefined) return { missing: true };
  const walk: Walk = { lookups: 0, includes: [], broken: [] };
  if (records.length === 1) await walkTerms(record, dns, walk);
  if (walk.failed !== undefined) return { failed: walk.failed };
  const all = /(?:^| )([-~?+]?)all(?: |$)/i.exec(record);
  const { lookups, includes, broken } = walk;
  return { found: { records, lookups, includes, broken, ...(all ? { all: all[1] || '+' } : {}) } };
};

/** Each of these costs the receiver a look-up. */
const asking = /^[-~?+]?(include|a|mx|ptr|exists)(?:[:/]|$)|^(redirect)=/i;

/** In turn, as a receiver does, so that the count stops where it would. */
const walkTerms = async (record: string, dns: Dns, walk: Walk): Promise<void> => {
  for (const term of record.split(/\s+/).slice(1)) {
    const [, mechanism, redirect] = asking.exec(term) ?? [];
    if (mechanism === undefined && redirect === undefined) continue;
    if (++walk.lookups > mostLookups || walk.failed !== undefined) return;
    if (redirect !== undefined || mechanism?.toLowerCase() === 'include')
      await follow(term.slice(term.search(/[:=]/) + 1).toLowerCase(), dns, walk);
  }
};

const follow = async (domain: string, dns: Dns, walk: Walk): Promise<void> => {
  walk.includes.push(domain);
  // A macro is known only with a mail at hand.
  if (domain.includes('%')) return;
  const answer = await dns.txt(domain);
  if ('failed' in answer) {
    walk.failed = `${domain}: ${answer.failed}`;
    return;
  }
  const records = 'found' in answer ? answer.found.filter(isSpf) : [];
  if (records.length !== 1) walk.broken.push(domain);
  else await walkTerms(records[0]!, dns, walk);
};
