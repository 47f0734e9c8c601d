import { unreachedCodes } from '#kernel/network';
import type { Outcome } from './order.ts';

interface ProviderError {
  name?: string;
  message?: string;
  code?: string;
  $metadata?: { httpStatusCode?: number };
}

const noCredentials = new Set(['CredentialsProviderError', 'TokenProviderError']);
/** SES refuses everything until somebody, or the next day, lifts it. */
const pausedSending = /^(Account|ConfigurationSet)SendingPaused/;
const dailyQuota = /daily (?:message|sending) quota/i;
const throttled = /throttl|too ?many ?requests|limit ?exceeded|slow ?down|sending rate/i;
const stale = /^(ExpiredToken|ExpiredTokenException|RequestExpired|RequestTimeout|RequestTimeTooSkewed)$/;

const kebab = (name: string): string =>
  name
    .replace(/(Exception|Error)$/, '')
    .replace(/([a-z\d])([A-Z])/g, '$1-$2')
    .replace(/[^A-Za-z\d]+/g, '-')
    .replace(/^-|-$/g, '')
    .toLowerCase()
    .slice(0, 60) || 'rejected';

const refusal = (error: ProviderError, status: number): Outcome => {
  const name = error.name ?? '';
  if (pausedSending.test(name)) return { status: 'refused', reason: 'sending-paused', retryable: true };
  if (dailyQuota.test(error.message ?? ''))
    return { status: 'refused', reason: 'daily-quota', retryable: true };
  if (status === 429 || throttled.test(`${name} ${error.message}`))
    return { status: 'refused', reason: 'throttled', retryable: true };
  if (/opted out/i.test(error.message ?? ''))
    return { status: 'refused', reason: 'opted-out', retryable: false };
  if (/no endpoint found/i.test(error.message ?? ''))
    return { status: 'refused', reason: 'endpoint-gone', retryable: false };
  return { status: 'refused', reason: kebab(name), retryable: stale.test(name) };
};

/**
 * What a failed call says about the message. Only what proves "not accepted" may be tried again;
 * any doubt is `unknown`, and such a send is never repeated.
 */
export const outcomeOf = (thrown: unknown): Outcome => {
  const error = (thrown ?? {}) as ProviderError;
  const status = error.$metadata?.httpStatusCode;
  if (status !== undefined && status >= 400 && status < 500) return refusal(error, status);
  if (status !== undefined) return { status: 'unknown', reason: `answered-${status}` };
  if (unreachedCodes.has(error.code ?? '') || noCredentials.has(error.name ?? ''))
    return { status: 'refused', reason: 'not-reached', retryable: true };
  return { status: 'unknown', reason: kebab(error.code ?? error.name ?? 'no-answer') };
};
