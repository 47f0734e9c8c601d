import { addressParser } from 'postal-mime';
import { plural, shortened } from '#kernel/words';
import type { Client } from '#model/client';
import { ownAddress } from '#model/deployment';
import { isBelow } from '../dns/dns.ts';
import { type Finding, findingsOf } from '../finding.ts';
import type { Probe, ProbedMail } from '../mails/probe.ts';
import { hostOf } from '../sender.ts';

type Settings = Pick<Client, 'sender' | 'postalAddress' | 'publicUrl' | 'deployment'>;

/** Each rule of a mail: what is wrong with it, if anything. */
const rules: Readonly<Record<string, (mail: ProbedMail, client: Settings) => string | undefined>> = {
  'one-click': ({ headers, oneClick }) => {
    const uri = headers['list-unsubscribe'] ?? '';
    if (!/^<https:\/\/[^>\s]+>/.test(uri)) return 'has no List-Unsubscribe with an https address';
    if (headers['list-unsubscribe-post'] !== 'List-Unsubscribe=One-Click')
      return 'has no List-Unsubscribe-Post (RFC 8058)';
    if (oneClick?.status !== 200) return `answers the one click with ${oneClick?.status}`;
    return oneClick.isOut ? undefined : 'takes the one click and goes on writing';
  },
  from: ({ headers }, { sender }) => {
    const [from] = addressParser(headers.from ?? '', { flatten: true });
    return isBelow(hostOf(from?.address ?? ''), sender.domain) ? undefined : `is from ${from?.address}`;
  },
  'postal-address': ({ html, text }, { postalAddress }) => {
    const [first = ''] = postalAddress.split(/[\n,]/);
    return [html, text].every((body) => body === undefined || body.includes(first.trim()))
      ? undefined
      : 'does not hold your postal address';
  },
  'way-out': ({ html, text }) =>
    [html, text].every((body) => body === undefined || /\/u\/[A-Za-z0-9]+\./.test(body))
      ? undefined
      : 'has no link to unsubscribe in its body',
  size: ({ html = '' }) =>
    Buffer.byteLength(html) > 102_000
      ? `has ${Math.round(Buffer.byteLength(html) / 1000)} KB of HTML; Gmail cuts mails off after 102`
      : undefined,
};

const good: Readonly<Record<string, string>> = {
  'one-click': 'Unsubscribing by one click (RFC 8058) was tried and works',
  from: 'The From address is of the sender domain',
  'postal-address': 'Your postal address is in it',
  'way-out': 'A link to unsubscribe is in the body',
  size: 'Gmail shows it whole',
};

/** Looks at mails that were really made. */
export const checkMails = ({ mails, unsent }: Probe, client: Settings): Finding[] => [
  ...(mails.length > 0 ? Object.keys(rules).flatMap((rule) => checkRule(rule, mails, client)) : []),
  ...tellUnsent(unsent),
  ...(mails.length + unsent.length === 0
    ? [findingsOf('messages', 'mails').note('The folder has no mails to look at.')]
    : []),
  ...(mails.length > 0 ? [tellSignedHeaders()] : []),
  tellAddressOfLinks(client),
];

const checkRule = (rule: string, mails: readonly ProbedMail[], client: Settings): Finding[] => {
  const { ok, act } = findingsOf('messages', rule);
  const wrong = mails.flatMap((mail) => {
    const says = rules[rule]?.(mail, client);
    return says === undefined ? [] : [act(`The mail of template "${mail.template}" ${says}.`)];
  });
  return wrong.length > 0 ? wrong : [ok(`${good[rule]} (${plural(mails.length, 'mail')}).`)];
};

const tellUnsent = (unsent: Probe['unsent']): Finding[] =>
  unsent.map(({ template, why }) =>
    findingsOf('messages', 'mails').unknown(
      `The mail of template "${template}" could not be made for a trial: ${shortened(why, 200)}`,
    ),
  );

/** See ../decisions/2026-11-22-what-dkim-covers.md. */
const tellSignedHeaders = (): Finding =>
  findingsOf('messages', 'one-click-signed').note(
    'DKIM must cover List-Unsubscribe and List-Unsubscribe-Post (RFC 8058, 4). SES has been seen to sign both; AWS does not promise it.',
    {
      action:
        'See for yourself: npx wayleaf send-test TEMPLATE --contact WHO --to YOU, and look for both in h= of the DKIM-Signature whose d= is your domain.',
    },
  );

/** The deployment makes the domain, and links lead to it without another word. */
const tellAddressOfLinks = (client: Settings): Finding => {
  const links = findingsOf('messages', 'link-host');
  const address = ownAddress(client);
  const host = `links.${client.sender.domain}`;
  if (address === undefined)
    return links.note('Links in mails lead to the address of API Gateway, which readers do not know.', {
      action: `Let the deployment give the API a domain of yours, with a certificate of ACM, in client.json: "deployment": { "domain": { "name": "${host}", "certificate": "arn:aws:acm:…" } }. Where something else of yours stands before the API, write its address instead: "publicUrl": "https://${host}".`,
    });
  return /^https:/.test(address)
    ? links.ok(`Links in mails lead to ${new URL(address).host}.`)
    : links.act('Links in mails are not encrypted.', {
        action: 'Let "publicUrl" in client.json begin with https://.',
      });
};
