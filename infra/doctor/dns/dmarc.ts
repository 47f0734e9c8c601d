import type { Looked } from '../looked.ts';
import { type Dns, plainName } from './dns.ts';

export type Policy = 'none' | 'quarantine' | 'reject';

/** One DMARC record, where it stands. */
export interface DmarcRecord {
  /** Without `_dmarc.`. */
  domain: string;
  text: string;
  policy: Policy;
  subdomainPolicy?: Policy;
  strictDkim: boolean;
  strictSpf: boolean;
  hasReports: boolean;
  /** `y`: a suffix under which others register; `n`: an organization of its own. */
  psd?: string;
}

/** What receivers find of a host on their way up (RFC 9989, 4.10: the tree walk). */
export interface TreeWalk {
  /** From the host upwards. */
  records: readonly DmarcRecord[];
  /** Names with more than one record, which count as none. */
  doubled: readonly string[];
}

const isDmarc = (text: string): boolean => /^v=DMARC1\s*(?:;|$)/.test(text);
const policyOf = (text: string | undefined): Policy | undefined =>
  text === 'none' || text === 'quarantine' || text === 'reject' ? text : undefined;

const readRecord = (domain: string, text: string): DmarcRecord => {
  const tags = new Map(
    text.split(';').map((tag) => {
      const [name = '', value = ''] = tag.split('=', 2);
      return [name.trim().toLowerCase(), value.trim().toLowerCase()] as const;
    }),
  );
  const subdomainPolicy = policyOf(tags.get('sp'));
  const psd = tags.get('psd');
  return {
    ...{ domain, text, policy: policyOf(tags.get('p')) ?? 'none' },
    ...(subdomainPolicy ? { subdomainPolicy } : {}),
    ...{ strictDkim: tags.get('adkim') === 's', strictSpf: tags.get('aspf') === 's' },
    hasReports: tags.has('rua'),
    ...(psd ? { psd } : {}),
  };
};

/** The host, then its parents, at most eight names. */
const namesUp = (host: string): string[] => {
  const labels = plainName(host).split('.');
  const parents = labels.slice(Math.max(1, labels.length - 7));
  return [labels.join('.'), ...parents.map((_, i) => parents.slice(i).join('.'))].filter(
    (name) => name !== '',
  );
};

export const walkTree = async (host: string, dns: Dns): Promise<Looked<TreeWalk>> => {
  const names = namesUp(host);
  const answers = await Promise.all(names.map((name) => dns.txt(`_dmarc.${name}`)));
  const failed = answers.find((answer) => 'failed' in answer);
  if (failed) return failed;
  const texts = answers.map((answer) => ('found' in answer ? answer.found.filter(isDmarc) : []));
  const records = texts.flatMap((found, i) => (found.length === 1 ? [readRecord(names[i]!, found[0]!)] : []));
  const doubled = names.filter((_, i) => texts[i]!.length > 1);
  return { found: { records, doubled } };
};

/** To whom a host belongs; the host itself when nobody above says anything. */
export const organizationOf = (host: string, { records }: TreeWalk): string => {
  const name = plainName(host);
  const own = records.find(({ psd }) => psd === 'n');
  if (own) return own.domain;
  const suffix = records.find(({ psd, domain }) => psd === 'y' && domain !== name);
  if (suffix)
    return name
      .split('.')
      .slice(-(suffix.domain.split('.').length + 1))
      .join('.');
  return records.at(-1)?.domain ?? name;
};

/** The record that receivers follow for mail from this host, and what it asks of them. */
export const policyFor = (
  host: string,
  walk: TreeWalk,
): { record: DmarcRecord; policy: Policy } | undefined => {
  const name = plainName(host);
  const own = walk.records.find(({ domain }) => domain === name);
  if (own) return { record: own, policy: own.policy };
  const organization = organizationOf(host, walk);
  const record = walk.records.find(({ domain }) => domain === organization) ?? walk.records.at(-1);
  return record && { record, policy: record.subdomainPolicy ?? record.policy };
};
