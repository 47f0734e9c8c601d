import { clientSchema } from '#model/client';
import { checkClientText } from '../../client-issues.ts';

/** What a client cannot do without: each is a flag, and a question where somebody sits at the terminal. */
export interface Question {
  /** As commander names the flag's value. */
  id: keyof Answers;
  flag: string;
  asks: string;
  /** Where it stands in `client.json`. */
  path: string;
  /** From what was answered before. */
  usual?: (given: Partial<Answers>, name: string) => string;
}

export interface Answers {
  account: string;
  region: string;
  domain: string;
  from: string;
  brand: string;
  fromName: string;
  postalAddress: string;
  site: string;
  timezone: string;
  alarm: string;
}

const capitalised = (name: string): string =>
  name.replaceAll('-', ' ').replace(/(^| )[a-z]/g, (letter) => letter.toUpperCase());

/** `mail.acme.example` is below `acme.example`. */
const organisation = (domain: string): string => {
  const labels = domain.split('.');
  return labels.length > 2 ? labels.slice(1).join('.') : domain;
};

export const questions: readonly Question[] = [
  { id: 'account', flag: '--account', asks: 'AWS account, 12 digits', path: '/account' },
  { id: 'region', flag: '--region', asks: 'AWS Region', path: '/region', usual: () => 'eu-central-1' },
  {
    id: 'domain',
    flag: '--domain',
    asks: 'Domain that mail is sent from, best one of its own such as mail.example.com',
    path: '/sender/domain',
  },
  {
    id: 'from',
    flag: '--from',
    asks: 'Address that mail is sent from',
    path: '/sender/address',
    usual: ({ domain }) => `hello@${domain}`,
  },
  {
    id: 'brand',
    flag: '--brand',
    asks: 'Name of the brand',
    path: '/brand/name',
    usual: (_, name) => capitalised(name),
  },
  {
    id: 'fromName',
    flag: '--from-name',
    asks: 'Name that stands beside the address',
    path: '/sender/name',
    usual: ({ brand = '' }) => brand,
  },
  {
    id: 'postalAddress',
    flag: '--postal-address',
    asks: 'Postal address, which the law wants in each marketing mail',
    path: '/postalAddress',
  },
  {
    id: 'site',
    flag: '--site',
    asks: 'Website',
    path: '/links/site',
    usual: ({ domain = '' }) => `https://www.${organisation(domain)}`,
  },
  {
    id: 'timezone',
    flag: '--timezone',
    asks: 'Time zone of most contacts',
    path: '/timezone',
    usual: () => Intl.DateTimeFormat().resolvedOptions().timeZone,
  },
  { id: 'alarm', flag: '--alarm', asks: 'Address for alarms', path: '/alarm' },
];

/** `client.json` as it is first written; the rest of the settings have defaults. */
export const settingsFrom = (name: string, given: Partial<Answers>, writeKey: string) => ({
  $schema: './client.schema.json',
  name,
  account: given.account,
  region: given.region,
  sender: { domain: given.domain, address: given.from, name: given.fromName },
  postalAddress: given.postalAddress,
  brand: { name: given.brand },
  links: { site: given.site },
  timezone: given.timezone,
  quietHours: { from: '21:00', to: '08:00' },
  caps: { email: { atMost: 5, per: '7 days' } },
  channels: { email: { tracking: true } },
  teams: { sales: { name: 'Sales', emails: [] } },
  writeKeys: [writeKey],
  origins: given.site ? [originOf(given.site)] : [],
  alarm: given.alarm,
});

export const originOf = (site: string): string => (URL.canParse(site) ? new URL(site).origin : site);

/** What is wrong with one answer, in the words of `client.json`; undefined when it is right. */
export const wrongIn = (
  name: string,
  given: Partial<Answers>,
  { id, path }: Question,
): string | undefined => {
  if (given[id] === undefined || given[id] === '') return 'is missing';
  const { issues } = checkClientText(JSON.stringify(settingsFrom(name, given, 'wk_0000')));
  return issues.find((issue) => issue.path === path)?.message;
};

/** What is wrong with the name of a client. */
export const wrongName = (name: string): string | undefined => {
  const read = clientSchema.shape.name.safeParse(name);
  return read.success ? undefined : read.error.issues[0]?.message;
};
