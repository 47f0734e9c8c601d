import {
  GetAccountCommand,
  GetConfigurationSetCommand,
  GetConfigurationSetEventDestinationsCommand,
  GetEmailIdentityCommand,
  SESv2Client,
  type SESv2ClientConfig,
} from '@aws-sdk/client-sesv2';

/** What SES says of an account in a Region. */
export interface SesAccount {
  /** False: in the sandbox, where only verified addresses get mail. */
  hasProductionAccess: boolean;
  sends: boolean;
  /** `HEALTHY`, `PROBATION` or `SHUTDOWN`. */
  enforcement: string;
  perDay: number;
  perSecond: number;
  sentLastDay: number;
  /** `BOUNCE`, `COMPLAINT`: what puts an address onto the account's suppression list. */
  suppresses: readonly string[];
}

export interface SesIdentity {
  isVerified: boolean;
  dkim: { signs: boolean; status: string; isEasy: boolean; selectors: readonly string[]; zone: string };
  /** Absent: SES's own domain stands in the envelope. */
  mailFrom?: { domain: string; status: string };
}

export interface SesConfigurationSet {
  sends: boolean;
  /** In place of the account's; absent when the account's hold. */
  suppresses?: readonly string[];
  destinations: readonly { isEnabled: boolean; events: readonly string[]; topic?: string }[];
}

/** Questions that change nothing. Undefined: there is no such thing; everything else throws as the SDK does. */
export interface SesReader {
  account(): Promise<SesAccount>;
  identity(domain: string): Promise<SesIdentity | undefined>;
  configurationSet(name: string): Promise<SesConfigurationSet | undefined>;
  /** The account that the credentials belong to, where they tell. */
  owner(): Promise<string | undefined>;
}

export interface SesReaderOptions {
  region: string;
  /** Without it the SDK reads `AWS_ENDPOINT_URL` and `AWS_ENDPOINT_URL_SESV2` itself. */
  endpoint?: string;
  credentials?: SESv2ClientConfig['credentials'];
}

const patience = { connectionTimeout: 2_000, requestTimeout: 5_000, throwOnRequestTimeout: true };

export const createSesReader = (options: SesReaderOptions): SesReader => {
  const ses = new SESv2Client({ ...options, requestHandler: patience, maxAttempts: 2 });
  return {
    async account() {
      const answer = await ses.send(new GetAccountCommand({}));
      return {
        hasProductionAccess: answer.ProductionAccessEnabled === true,
        sends: answer.SendingEnabled === true,
        enforcement: answer.EnforcementStatus ?? 'HEALTHY',
        perDay: answer.SendQuota?.Max24HourSend ?? 0,
        perSecond: answer.SendQuota?.MaxSendRate ?? 0,
        sentLastDay: answer.SendQuota?.SentLast24Hours ?? 0,
        suppresses: answer.SuppressionAttributes?.SuppressedReasons ?? [],
      };
    },
    identity: (domain) => ifThere(identityOf(ses, domain)),
    configurationSet: (name) => ifThere(configurationSetOf(ses, name)),
    owner: async () => (await ses.config.credentials()).accountId,
  };
};

const identityOf = async (ses: SESv2Client, domain: string): Promise<SesIdentity> => {
  const answer = await ses.send(new GetEmailIdentityCommand({ EmailIdentity: domain }));
  const { DkimAttributes: dkim, MailFromAttributes: mailFrom } = answer;
  return {
    isVerified: answer.VerifiedForSendingStatus === true,
    dkim: {
      signs: dkim?.SigningEnabled === true,
      status: dkim?.Status ?? 'NOT_STARTED',
      isEasy: dkim?.SigningAttributesOrigin !== 'EXTERNAL',
      selectors: dkim?.Tokens ?? [],
      zone: dkim?.SigningHostedZone ?? 'dkim.amazonses.com',
    },
    ...(mailFrom?.MailFromDomain
      ? { mailFrom: { domain: mailFrom.MailFromDomain, status: mailFrom.MailFromDomainStatus ?? 'PENDING' } }
      : {}),
  };
};

const configurationSetOf = async (ses: SESv2Client, name: string): Promise<SesConfigurationSet> => {
  const asked = { ConfigurationSetName: name };
  const set = await ses.send(new GetConfigurationSetCommand(asked));
  const events = await ses.send(new GetConfigurationSetEventDestinationsCommand(asked));
  const suppresses = set.SuppressionOptions?.SuppressedReasons;
  return {
    sends: set.SendingOptions?.SendingEnabled !== false,
    ...(suppresses === undefined ? {} : { suppresses }),
    destinations: (events.EventDestinations ?? []).map((destination) => ({
      isEnabled: destination.Enabled === true,
      events: destination.MatchingEventTypes ?? [],
      ...(destination.SnsDestination?.TopicArn ? { topic: destination.SnsDestination.TopicArn } : {}),
    })),
  };
};

const ifThere = async <T>(asked: Promise<T>): Promise<T | undefined> => {
  try {
    return await asked;
  } catch (error) {
    if ((error as Error).name === 'NotFoundException') return undefined;
    throw error;
  }
};
