import type { SesAccount } from '#aws/ses-account';
import { prices } from '../../prices.ts';
import { type Finding, findingsOf } from '../finding.ts';
import type { Looked } from '../looked.ts';

export interface Volume {
  /** People who enter a journey in a month. */
  contacts: number;
  /** Mails that one of them gets. */
  mailsEach: number;
  /** How that is known: "as measured in 3 journeys". */
  basis: string;
}

const price = findingsOf('price', 'ses-plan');
const pace = findingsOf('price', 'pace');

export const checkPrice = (
  { contacts, mailsEach, basis }: Volume,
  account: Looked<SesAccount>,
): Finding[] => {
  const mails = Math.round(contacts * mailsEach);
  if (mails === 0) return [price.note('No journey of the folder sends a mail.')];
  const amount = `${count(contacts)} contacts a month, ${rounded(mailsEach)} mails each (${basis}): ${count(mails)} mails`;
  return [
    price.note(
      `${amount}. SES takes ${dollars(mails * prices.email)} à la carte (${perThousand(prices.email)}), or ${dollars(mails * prices.emailOnPlan)} on the plan that new accounts begin with (${perThousand(prices.emailOnPlan)}).`,
    ),
    ...('found' in account ? tellPace(contacts, account.found) : []),
  ];
};

/** Everybody at once, as a whole segment is written to. */
const tellPace = (contacts: number, { perDay, perSecond }: SesAccount): Finding[] => {
  if (perSecond <= 0) return [];
  const hours = contacts / perSecond / 3600;
  const says = `One mail to all ${count(contacts)} takes ${hours < 1 ? `${Math.max(1, Math.round(hours * 60))} minutes` : `${rounded(hours)} hours`} at ${count(perSecond)} a second`;
  if (perDay < 0 || contacts <= perDay) return [pace.ok(`${says}.`)];
  return [
    pace.act(
      `${says}, and ${count(perDay)} a day is the quota: it takes ${Math.ceil(contacts / perDay)} days.`,
      {
        action:
          'Ask for a higher sending quota in the Service Quotas console, or take segments in with enroll --per-minute.',
      },
    ),
  ];
};

const count = (n: number): string => n.toLocaleString('en-US');
const rounded = (n: number): string => String(Math.round(n * 10) / 10);
const dollars = (n: number): string => `$${n < 100 ? n.toFixed(2) : count(Math.round(n))}`;
const perThousand = (n: number): string => `$${(n * 1000).toFixed(2)} per 1,000`;
