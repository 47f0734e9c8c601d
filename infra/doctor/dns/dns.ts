import { Resolver } from 'node:dns/promises';
import { type Looked, within } from '../looked.ts';

export interface MxRecord {
  priority: number;
  exchange: string;
}

/** Questions to the domain name system; every answer is one of three. */
export interface Dns {
  /** Each record's strings joined. */
  txt(name: string): Promise<Looked<string[]>>;
  mx(name: string): Promise<Looked<MxRecord[]>>;
  cname(name: string): Promise<Looked<string[]>>;
}

export interface DnsOptions {
  /** Name servers, each with a port if it is not 53; those of the system when left out. */
  servers?: readonly string[];
  /** For one question, with its second try. */
  timeoutMs?: number;
}

/** There is no such name, or none of that type; all other codes say that nobody could tell. */
const absent: ReadonlySet<string> = new Set(['ENOTFOUND', 'ENODATA']);

const reasons: Readonly<Record<string, string>> = {
  ETIMEOUT: 'the name server did not answer in time',
  ECANCELLED: 'the name server did not answer in time',
  ECONNREFUSED: 'no name server answers',
  ESERVFAIL: 'the name server failed (SERVFAIL)',
  EREFUSED: 'the name server refused to answer',
  EBADNAME: 'that is no name of the domain name system',
};

export const createDns = ({ servers, timeoutMs = 8_000 }: DnsOptions = {}): Dns => {
  const resolver = new Resolver({ timeout: timeoutMs / 4, tries: 2 });
  if (servers) resolver.setServers(servers);
  const look = async <T>(name: string, ask: (name: string) => Promise<T[]>): Promise<Looked<T[]>> => {
    try {
      const found = await within(timeoutMs, ask(name));
      return found.length > 0 ? { found } : { missing: true };
    } catch (error) {
      const { code = '', message } = error as NodeJS.ErrnoException;
      return absent.has(code) ? { missing: true } : { failed: reasons[code] ?? message };
    }
  };
  return remembering({
    txt: (name) =>
      look(name, async (asked) => (await resolver.resolveTxt(asked)).map((parts) => parts.join(''))),
    mx: (name) =>
      look(name, async (asked) =>
        (await resolver.resolveMx(asked)).map(({ priority, exchange }) => ({ priority, exchange })),
      ),
    cname: (name) => look(name, (asked) => resolver.resolveCname(asked)),
  });
};

/** Several checks ask the same; each question is put once. */
const remembering = (dns: Dns): Dns => {
  const kept = new Map<string, unknown>();
  const once = <T>(kind: keyof Dns, name: string, ask: (name: string) => Promise<T>): Promise<T> => {
    const key = `${kind} ${name}`;
    const answer = (kept.get(key) as Promise<T> | undefined) ?? ask(name);
    kept.set(key, answer);
    return answer;
  };
  return {
    txt: (name) => once('txt', name, dns.txt),
    mx: (name) => once('mx', name, dns.mx),
    cname: (name) => once('cname', name, dns.cname),
  };
};

/** Names compare without case and without the dot of the root. */
export const sameName = (one: string, other: string): boolean => plainName(one) === plainName(other);
export const plainName = (name: string): string => name.toLowerCase().replace(/\.$/, '');

/** `a.b.c` is below `b.c`, and below itself. */
export const isBelow = (name: string, domain: string): boolean =>
  plainName(name) === plainName(domain) || plainName(name).endsWith(`.${plainName(domain)}`);
