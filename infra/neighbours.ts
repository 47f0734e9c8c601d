import { joined } from '#kernel/words';
import type { Client } from '#model/client';

type Neighbour = Pick<Client, 'name' | 'account' | 'region' | 'sender'>;

export interface Between {
  /** Why these two cannot be, in sentences. */
  refused: string[];
  /** What they share, for each that has a neighbour. */
  shared: Map<string, string>;
}

/** What clients of one account and Region would share: refused where it would be data or names, else said. */
export const lookAtNeighbours = (clients: readonly Neighbour[]): Between => {
  const refused: string[] = [];
  const shared = new Map<string, string>();
  for (const one of clients) {
    const others = clients.filter((other) => other !== one && isNeighbour(one, other));
    if (others.length > 0) shared.set(one.name, sharedWith(one, others));
    for (const other of others) refused.push(...clashes(one, other));
  }
  return { refused, shared };
};

const isNeighbour = (one: Neighbour, other: Neighbour): boolean =>
  one.account === other.account && one.region === other.region;

/** Each clash once: from the side that is named. */
const clashes = (one: Neighbour, other: Neighbour): string[] => {
  const found: string[] = [];
  if (other.name.startsWith(`${one.name}-`))
    found.push(
      `"${one.name}" and "${other.name}" are in account ${one.account}, ${one.region}, and what is allowed to "${one.name}" is allowed for all names that begin with "wayleaf-${one.name}-"; give "${other.name}" a name that does not begin with "${one.name}-", or another account or Region.`,
    );
  if (one.sender.domain === other.sender.domain && one.name < other.name)
    found.push(
      `"${one.name}" and "${other.name}" both send from ${one.sender.domain} in account ${one.account}, ${one.region}, where a domain has one SES identity; give one of them a domain of its own, such as ${other.name}.${other.sender.domain}.`,
    );
  return found;
};

const sharedWith = ({ account, region }: Neighbour, others: readonly Neighbour[]): string =>
  `shares account ${account}, ${region} with ${joined(others.map(({ name }) => `"${name}"`))}. Data, names and permissions are apart; what AWS limits for an account is not: the sending rate, quota and reputation of SES, what may be spent on texts, Lambda's concurrency, and the requests of API Gateway and Step Functions.`;
