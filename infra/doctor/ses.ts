import type { SesAccount, SesConfigurationSet, SesIdentity, SesReader } from '#aws/ses-account';
import { type Looked, within } from './looked.ts';

/** What SES says of a client's account. */
export interface SesFacts {
  account: Looked<SesAccount>;
  identity: Looked<SesIdentity>;
  configurationSet: Looked<SesConfigurationSet>;
}

export interface Asked {
  /** The client's own, by client.json. */
  owner: string;
  domain?: string;
  configurationSet: string;
}

const patienceMs = 8_000;

/** Asks SES three things; whatever cannot be asked says why. */
export const askSes = async (reader: SesReader, asked: Asked): Promise<SesFacts> => {
  const refusal = await otherOwner(reader, asked.owner);
  if (refusal !== undefined) return failedFacts(refusal);
  const [account, identity, configurationSet] = await Promise.all([
    look(reader.account()),
    asked.domain === undefined ? { failed: 'there is no domain' } : look(reader.identity(asked.domain)),
    look(reader.configurationSet(asked.configurationSet)),
  ]);
  return { account, identity, configurationSet };
};

export const failedFacts = (failed: string): SesFacts => ({
  account: { failed },
  identity: { failed },
  configurationSet: { failed },
});

/** Answers of somebody else's account would be worse than none. */
const otherOwner = async (reader: SesReader, owner: string): Promise<string | undefined> => {
  const found = await look(reader.owner());
  if ('failed' in found) return found.failed;
  if ('missing' in found || found.found === owner) return undefined;
  return `the credentials are those of account ${found.found}, and client.json names ${owner}`;
};

const look = async <T>(asked: Promise<T | undefined>): Promise<Looked<T>> => {
  try {
    const found = await within(patienceMs, asked);
    return found === undefined ? { missing: true } : { found };
  } catch (error) {
    return { failed: reasonOf(error as Error) };
  }
};

const reasonOf = ({ name, message }: Error): string => {
  if (name === 'CredentialsProviderError') return 'there are no AWS credentials';
  if (/^AccessDenied|NotAuthorized/.test(name)) return `the credentials may not ask that (${name})`;
  if (/ECONNREFUSED|ENOTFOUND|EAI_AGAIN|connect/.test(message)) return 'SES cannot be reached from here';
  return name === 'Error' ? message : `${name}: ${message}`;
};
