import { createHash } from 'node:crypto';
import { mailFromDomain } from '../../names.ts';
import { type Answer, answerJson } from '../http/exchange.ts';
import type { Dispatch } from '../http/routes.ts';
import type { Execute } from '../wire/model.ts';

export interface SesV2Options {
  ses: Execute;
  domain: string;
  configurationSet: string;
  topicArn: string;
}

/** The questions of SES's second API about an account, as far as `wayleaf doctor` puts them; REST, unlike the first. */
export const createSesV2 = ({ ses, domain, configurationSet, topicArn }: SesV2Options): Dispatch => {
  const set = `/configuration-sets/${configurationSet}`;
  const routes: Readonly<Record<string, () => Promise<object> | object>> = {
    '/account': async () => ({
      ...{ DedicatedIpAutoWarmupEnabled: false, EnforcementStatus: 'HEALTHY', ProductionAccessEnabled: true },
      ...{ SendQuota: await ses('GetSendQuota', {}), SendingEnabled: true },
      SuppressionAttributes: { SuppressedReasons: ['BOUNCE', 'COMPLAINT'] },
    }),
    [`/identities/${domain}`]: () => identityOf(domain, configurationSet),
    [set]: () => ({ ConfigurationSetName: configurationSet, SendingOptions: { SendingEnabled: true } }),
    [`${set}/event-destinations`]: () => ({ EventDestinations: [destinationOf(topicArn)] }),
  };
  return async ({ method, url }): Promise<Answer> => {
    const path = decodeURIComponent(new URL(url, 'http://local').pathname);
    const route = routes[path.slice(path.indexOf('/v2/email') + '/v2/email'.length).replace(/\/$/, '')];
    if (method === 'GET' && route) return answerJson(200, await route());
    const refused = answerJson(404, { message: `The embedded SES knows no ${method} ${path}` });
    return { ...refused, headers: { ...refused.headers, 'x-amzn-errortype': 'NotFoundException' } };
  };
};

const identityOf = (domain: string, configurationSet: string) => ({
  ...{ IdentityType: 'DOMAIN', VerifiedForSendingStatus: true, VerificationStatus: 'SUCCESS' },
  ConfigurationSetName: configurationSet,
  DkimAttributes: {
    ...{ SigningEnabled: true, Status: 'SUCCESS', SigningAttributesOrigin: 'AWS_SES' },
    Tokens: [1, 2, 3].map((n) => tokenOf(domain, n)),
    SigningHostedZone: 'dkim.amazonses.com',
  },
  MailFromAttributes: {
    ...{ MailFromDomain: mailFromDomain(domain), MailFromDomainStatus: 'SUCCESS' },
    BehaviorOnMxFailure: 'USE_DEFAULT_VALUE',
  },
});

/** As long as SES's own; the same for a domain every time. */
const tokenOf = (domain: string, n: number): string =>
  BigInt(`0x${createHash('sha256').update(`${domain} ${n}`).digest('hex')}`)
    .toString(32)
    .slice(0, 32);

const destinationOf = (topicArn: string) => ({
  ...{ Name: 'events', Enabled: true },
  MatchingEventTypes: [
    ...['SEND', 'REJECT', 'BOUNCE', 'COMPLAINT', 'DELIVERY', 'DELIVERY_DELAY', 'RENDERING_FAILURE'],
  ],
  SnsDestination: { TopicArn: topicArn },
});
