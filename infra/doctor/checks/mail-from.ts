import type { SesIdentity } from '#aws/ses-account';
import { type Dns, type MxRecord, sameName } from '../dns/dns.ts';
import { mostLookups, readSpf, type Spf } from '../dns/spf.ts';
import { type DnsRecord, type Finding, findingsOf } from '../finding.ts';
import type { Looked } from '../looked.ts';

export interface Envelope {
  /** The custom MAIL FROM domain. */
  domain: string;
  region: string;
  identity: Looked<SesIdentity>;
}

/** The envelope's domain: where bounces go, and of which receivers ask SPF. */
export const checkMailFrom = async (envelope: Envelope, dns: Dns): Promise<Finding[]> => [
  ...checkSes(envelope),
  await checkMx(envelope, dns),
  await checkSpf(envelope.domain, dns),
];

const ses = findingsOf('DNS', 'mail-from');

const checkSes = ({ domain, identity }: Envelope): Finding[] => {
  if (!('found' in identity)) return [];
  const { mailFrom } = identity.found;
  if (!mailFrom || !sameName(mailFrom.domain, domain))
    return [
      ses.act(`SES writes ${mailFrom?.domain ?? 'its own domain'} into the envelope, not ${domain}.`, {
        action: 'Deploy again (npx cdk deploy --all), so that SPF stands for your domain too.',
      }),
    ];
  return mailFrom.status === 'SUCCESS'
    ? [ses.ok(`SES has found the records of ${domain}.`)]
    : [
        ses.note(
          `SES has not found the records of ${domain} yet (${mailFrom.status}); it looks for 72 hours.`,
        ),
      ];
};

const mx = findingsOf('DNS', 'mail-from-mx');

const checkMx = async ({ domain, region }: Envelope, dns: Dns): Promise<Finding> => {
  const target = `feedback-smtp.${region}.amazonses.com`;
  const records: DnsRecord[] = [{ name: domain, type: 'MX', value: `10 ${target}` }];
  const answer = await dns.mx(domain);
  if ('failed' in answer)
    return mx.unknown(`MX of ${domain}: ${answer.failed}.`, { action: 'It should be:', records });
  if ('missing' in answer)
    return mx.act(`${domain} has no MX, so SES does not use it.`, { action: 'Publish it:', records });
  return judgeMx(domain, answer.found, target, records);
};

const judgeMx = (domain: string, found: MxRecord[], target: string, records: DnsRecord[]): Finding => {
  const others = found.filter(({ exchange }) => !sameName(exchange, target));
  if (others.length === 0) return mx.ok(`Bounces to ${domain} reach SES.`);
  const named = others.map(({ exchange }) => exchange).join(', ');
  return mx.act(`The MX of ${domain} leads to ${named}; SES wants its own, and no other.`, {
    action: 'Publish this one alone:',
    records,
  });
};

const spf = findingsOf('DNS', 'spf');
const wanted = 'v=spf1 include:amazonses.com ~all';

const checkSpf = async (domain: string, dns: Dns): Promise<Finding> => {
  const records: DnsRecord[] = [{ name: domain, type: 'TXT', value: wanted }];
  const answer = await readSpf(domain, dns);
  if ('failed' in answer)
    return spf.unknown(`SPF of ${domain}: ${answer.failed}.`, { action: 'It should be:', records });
  if ('missing' in answer) return spf.act(`${domain} has no SPF record.`, { action: 'Publish it:', records });
  const wrong = wrongSpf(domain, answer.found);
  if (wrong) return spf.act(wrong, { action: 'Publish this one alone:', records });
  return spf.ok(`SPF of ${domain} lets SES send, with ${answer.found.lookups} of ${mostLookups} look-ups.`);
};

const wrongSpf = (domain: string, { records, lookups, includes, broken, all }: Spf): string | undefined => {
  if (records.length > 1)
    return `${domain} has ${records.length} SPF records; receivers take none of them (RFC 7208, 4.5).`;
  if (lookups > mostLookups)
    return `SPF of ${domain} takes more than ${mostLookups} look-ups; receivers give up there (RFC 7208, 4.6.4).`;
  if (!includes.includes('amazonses.com')) return `SPF of ${domain} does not include amazonses.com.`;
  if (broken.length > 0) return `SPF of ${domain} includes ${broken[0]}, which has no SPF record of its own.`;
  return all === '+' ? `SPF of ${domain} ends with +all: everybody in the world may send.` : undefined;
};

const from = findingsOf('DNS', 'spf-of-from');

/** Not what SES's mails are judged by, but a broken one harms whatever else is sent from there. */
export const checkSpfOfFrom = async (host: string, dns: Dns): Promise<Finding[]> => {
  const answer = await readSpf(host, dns);
  if (!('found' in answer)) return [];
  const { records, lookups } = answer.found;
  if (records.length > 1)
    return [
      from.act(`${host} has ${records.length} SPF records; receivers take none of them (RFC 7208, 4.5).`, {
        action: 'Make one record of them. SES needs none there.',
      }),
    ];
  return lookups > mostLookups
    ? [
        from.act(`SPF of ${host} takes more than ${mostLookups} look-ups; receivers give up there.`, {
          action: 'Take out what sends no more. SES needs no place in it: its mails are judged by MAIL FROM.',
        }),
      ]
    : [];
};
