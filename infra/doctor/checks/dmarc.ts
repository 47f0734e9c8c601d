import {
  type DmarcRecord,
  organizationOf,
  type Policy,
  policyFor,
  type TreeWalk,
  walkTree,
} from '../dns/dmarc.ts';
import type { Dns } from '../dns/dns.ts';
import { isBelow, sameName } from '../dns/dns.ts';
import { type DnsRecord, type Finding, findingsOf } from '../finding.ts';

export interface Identifiers {
  /** Host of the From address: the domain that people see. */
  from: string;
  /** `d=` of the signature: the identity in SES. */
  dkim: string;
  /** Domain of the envelope. */
  mailFrom: string;
}

/** The policy that receivers find, and whether our signature and envelope stand for the From domain. */
export const checkDmarc = async (names: Identifiers, dns: Dns): Promise<Finding[]> => {
  const walk = await walkTree(names.from, dns);
  if (!('found' in walk)) {
    const why = 'failed' in walk ? walk.failed : 'no answer';
    return [
      policyCheck.unknown(`DMARC of ${names.from}: ${why}.`, {
        action: 'It should be:',
        records: [recordFor(names)],
      }),
    ];
  }
  const followed = policyFor(names.from, walk.found);
  return [
    ...tellDoubled(walk.found),
    ...(followed ? tellPolicy(followed) : [tellMissing(names)]),
    await checkAlignment(names, followed?.record, dns),
  ];
};

const policyCheck = findingsOf('DNS', 'dmarc');

/** At the sender domain, so that it holds for every host below. */
const recordFor = ({ dkim }: Identifiers): DnsRecord => ({
  name: `_dmarc.${dkim}`,
  type: 'TXT',
  value: 'v=DMARC1; p=none',
});

const tellMissing = (names: Identifiers): Finding =>
  policyCheck.act(
    `Neither ${names.from} nor a domain above has a DMARC record; Gmail and Yahoo want one of bulk senders.`,
    { action: 'Publish it:', records: [recordFor(names)] },
  );

const tellDoubled = ({ doubled }: TreeWalk): Finding[] =>
  doubled.map((domain) =>
    policyCheck.act(`_dmarc.${domain} has more than one DMARC record; receivers take none of them.`, {
      action: 'Leave one.',
    }),
  );

const tellPolicy = ({ record, policy }: { record: DmarcRecord; policy: Policy }): Finding[] => {
  const found = `Receivers follow _dmarc.${record.domain}: "${record.text}".`;
  if (policy !== 'none') return [policyCheck.ok(found)];
  return [
    policyCheck.ok(found),
    policyCheck.note('p=none asks receivers to let forgeries of your domain through.', {
      action: record.hasReports
        ? 'When the reports name no sender of yours that fails, write p=quarantine, later p=reject.'
        : 'Add "rua=mailto:ADDRESS" to get reports; when they name no sender of yours that fails, write p=quarantine.',
    }),
  ];
};

/** What becomes of mail that says it comes from a provider of mailboxes. */
export const checkForeignDmarc = async (host: string, dns: Dns): Promise<Finding> => {
  const walk = await walkTree(host, dns);
  const followed = 'found' in walk ? policyFor(host, walk.found) : undefined;
  const asked: Readonly<Record<Policy, string>> = {
    reject: 'receivers refuse mail from SES that says so',
    quarantine: 'receivers put mail from SES that says so into the spam folder',
    none: 'its policy does not ask for more, and mailboxes still hold such mail for forged',
  };
  const action = 'Nothing can be published for it: choose a domain of your own.';
  return followed
    ? policyCheck.act(
        `_dmarc.${followed.record.domain} has p=${followed.policy}: ${asked[followed.policy]}.`,
        { action },
      )
    : policyCheck.unknown(`DMARC of ${host} could not be read.`, { action });
};

const alignment = findingsOf('alignment', 'dmarc-alignment');

/** DMARC passes when one of the two stands for the From domain (RFC 9989, 4.4). */
const checkAlignment = async (
  { from, dkim, mailFrom }: Identifiers,
  record: DmarcRecord | undefined,
  dns: Dns,
): Promise<Finding> => {
  const signs = record?.strictDkim ? sameName(dkim, from) : await isRelated(dkim, from, dns);
  const carries = record?.strictSpf ? sameName(mailFrom, from) : await isRelated(mailFrom, from, dns);
  const strict = record?.strictDkim || record?.strictSpf ? ' under strict alignment' : '';
  if (signs && carries) return alignment.ok(`DKIM (d=${dkim}) and SPF (${mailFrom}) both stand for ${from}.`);
  if (signs)
    return alignment.ok(
      `DKIM (d=${dkim}) stands for ${from}${strict}; SPF (${mailFrom}) does not, and need not.`,
    );
  if (carries)
    return alignment.note(
      `Only SPF (${mailFrom}) stands for ${from}${strict}; forwarded mails lose it. DKIM is d=${dkim}.`,
      { action: `Send from an address of ${dkim} itself, or take adkim=s out of the DMARC record.` },
    );
  return alignment.act(
    `Neither DKIM (d=${dkim}) nor SPF (${mailFrom}) stands for ${from}${strict}: DMARC fails for every mail.`,
    {
      action: isBelow(from, dkim)
        ? `Take adkim=s and aspf=s out of _dmarc.${record?.domain ?? dkim}, or send from an address of ${dkim} itself.`
        : `Send from an address of ${dkim}, or make ${from} the sender domain in client.json.`,
    },
  );
};

/** Of one organization; where nobody says who is one, a name and those below it are. */
const isRelated = async (one: string, other: string, dns: Dns): Promise<boolean> => {
  if (sameName(one, other)) return true;
  const [first, second] = await Promise.all([walkTree(one, dns), walkTree(other, dns)]);
  if (!('found' in first && 'found' in second)) return isBelow(one, other) || isBelow(other, one);
  if (first.found.records.length === 0 && second.found.records.length === 0)
    return isBelow(one, other) || isBelow(other, one);
  return sameName(organizationOf(one, first.found), organizationOf(other, second.found));
};
