import type { SesIdentity } from '#aws/ses-account';
import { type Dns, sameName } from '../dns/dns.ts';
import { type DnsRecord, type Finding, findingsOf } from '../finding.ts';
import type { Looked } from '../looked.ts';

const dkim = findingsOf('DNS', 'dkim');

/** The three CNAMEs of Easy DKIM; only SES knows their names. */
export const checkDkim = async (
  domain: string,
  identity: Looked<SesIdentity>,
  dns: Dns,
): Promise<Finding[]> => {
  if (!('found' in identity)) return [unknownNames(domain, identity)];
  const { selectors, zone, isEasy, signs } = identity.found.dkim;
  if (!isEasy) return [dkim.note(`${domain} is signed with a key of your own; its record is yours to know.`)];
  if (selectors.length === 0 || !signs)
    return [
      dkim.act(`SES does not sign mails of ${domain}.`, {
        action: `Turn Easy DKIM on: aws sesv2 put-email-identity-dkim-attributes --email-identity ${domain} --signing-enabled`,
      }),
    ];
  return Promise.all(selectors.map((selector) => checkSelector(recordOf(domain, selector, zone), dns)));
};

const recordOf = (domain: string, selector: string, zone: string): DnsRecord => ({
  name: `${selector}._domainkey.${domain}`,
  type: 'CNAME',
  value: `${selector}.${zone}`,
});

const checkSelector = async (record: DnsRecord, dns: Dns): Promise<Finding> => {
  const answer = await dns.cname(record.name);
  const records = [record];
  if ('failed' in answer)
    return dkim.unknown(`${record.name}: ${answer.failed}.`, { action: 'It should be:', records });
  if ('missing' in answer) return dkim.act('A CNAME of DKIM is missing.', { action: 'Publish it:', records });
  const [found = ''] = answer.found;
  if (sameName(found, record.value)) return dkim.ok(`${record.name} is published.`);
  return dkim.act(`${record.name} leads to ${found}.`, { action: 'Let it lead to SES instead:', records });
};

const unknownNames = (domain: string, identity: { missing: true } | { failed: string }): Finding => {
  const records = [1, 2, 3].map(
    (n): DnsRecord => ({
      name: `TOKEN${n}._domainkey.${domain}`,
      type: 'CNAME',
      value: `TOKEN${n}.dkim.amazonses.com`,
    }),
  );
  const ask = `aws sesv2 get-email-identity --email-identity ${domain} --query DkimAttributes.Tokens`;
  if ('missing' in identity)
    return dkim.act('SES does not know the domain yet, so the three CNAMEs of DKIM have no names.', {
      action: 'Deploy first (npx cdk deploy --all), then ask again. They will look so:',
      records,
    });
  return dkim.unknown('Only SES knows the three tokens of DKIM, and could not be asked.', {
    action: `${ask} tells them. Publish:`,
    records,
  });
};
