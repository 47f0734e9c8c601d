import { describe, expect, test } from 'vitest';
import {
  configurationSet,
  findings,
  identity,
  mail,
  saysOf,
  sesOf,
  type Told,
  topic,
  what,
} from '#test/builders/doctor-case';
import type { ProbedMail } from './mails/probe.ts';

describe('SES', () => {
  test('that cannot be asked says why, and judges nothing', async () => {
    const all = await findings({ ses: { failed: 'there are no AWS credentials' } });
    expect(what(all, 'do')).toEqual([]);
    expect(saysOf(all, 'account')).toBe('unknown: SES could not be asked: there are no AWS credentials.');
    expect(saysOf(all, 'dkim')).toMatch(/^unknown: Only SES knows the three tokens/);
  });

  test('of another account is not listened to', async () => {
    const all = await findings({ ses: sesOf({ owner: '999999999999' }) });
    expect(saysOf(all, 'account')).toContain(
      'the credentials are those of account 999999999999, and client.json names 111122223333',
    );
  });

  const access = Object.assign(new Error('no'), { name: 'AccessDeniedException' });
  test('that may not be asked says so', async () => {
    const ses = { ...sesOf(), account: () => Promise.reject(access) };
    expect(saysOf(await findings({ ses }), 'account')).toContain('the credentials may not ask that');
  });

  test.each<[string, Told, string, RegExp]>([
    [
      'the sandbox',
      { account: { hasProductionAccess: false } },
      'account',
      /^do: The account is in the sandbox/,
    ],
    ['a stop', { account: { enforcement: 'SHUTDOWN' } }, 'account', /^do: SES has stopped the account/],
    ['a review', { account: { enforcement: 'PROBATION' } }, 'account', /^do: The account is under review/],
    ['a quota nearly used up', { account: { sentLastDay: 45_000 } }, 'quota', /^do: 50,000 mails a day/],
    [
      'no suppression',
      { account: { suppresses: ['BOUNCE'] } },
      'suppression',
      /^do: The account does not suppress after COMPLAINT/,
    ],
    [
      'a configuration set that suppresses nothing',
      { configurationSet: { ...configurationSet, suppresses: [] } },
      'suppression',
      /^do: The configuration set wayleaf-acme does not suppress after BOUNCE and COMPLAINT/,
    ],
    ['no identity', { identity: undefined }, 'identity', /^do: SES has no identity mail\.shop\.com/],
    [
      'an identity that waits',
      { identity: { ...identity, isVerified: false } },
      'identity',
      /^do: mail\.shop\.com is not verified/,
    ],
    [
      'the envelope of SES',
      { identity: { isVerified: true, dkim: identity.dkim } },
      'mail-from',
      /^do: SES writes its own domain/,
    ],
    [
      'no configuration set',
      { configurationSet: undefined },
      'events',
      /^do: SES has no configuration set wayleaf-acme/,
    ],
    [
      'a paused one',
      { configurationSet: { ...configurationSet, sends: false } },
      'events',
      /^do: The configuration set wayleaf-acme is paused/,
    ],
    [
      'deaf ears',
      { configurationSet: { sends: true, destinations: [{ isEnabled: true, events: ['SEND'], topic }] } },
      'events',
      /^do: SES does not tell us of REJECT, BOUNCE, COMPLAINT and DELIVERY/,
    ],
  ])('%s', async (_name, told, check, expected) => {
    expect(saysOf(await findings({ ses: sesOf(told) }), check)).toMatch(expected);
  });
});

describe('mails', () => {
  const changed = (headers: object): ProbedMail => ({ ...mail, headers: { ...mail.headers, ...headers } });
  test.each<[string, ProbedMail, string, RegExp]>([
    [
      'no way out',
      changed({ 'list-unsubscribe': '<mailto:out@shop.com>' }),
      'one-click',
      /^do: The mail of template "welcome" has no List-Unsubscribe/,
    ],
    [
      'no one-click',
      changed({ 'list-unsubscribe-post': 'Yes' }),
      'one-click',
      /has no List-Unsubscribe-Post/,
    ],
    [
      'a click that fails',
      { ...mail, oneClick: { status: 404, isOut: false } },
      'one-click',
      /answers the one click with 404/,
    ],
    [
      'a click that does nothing',
      { ...mail, oneClick: { status: 200, isOut: false } },
      'one-click',
      /goes on writing/,
    ],
    ['another sender', changed({ from: 'x@gmail.com' }), 'from', /is from x@gmail\.com/],
    [
      'no postal address',
      { ...mail, text: 'https://links.shop.com/u/k1.abc' },
      'postal-address',
      /does not hold/,
    ],
    ['no link in the body', { ...mail, text: 'Shop Ltd.' }, 'way-out', /has no link to unsubscribe/],
    ['a long mail', { ...mail, html: `${mail.html}${'x'.repeat(103_000)}` }, 'size', /has 103 KB/],
  ])('with %s', async (_name, wrong, check, expected) => {
    expect(saysOf(await findings({ mails: [mail, wrong] }), check)).toMatch(expected);
  });
});

describe('price', () => {
  test('is that of both plans, and says how long one mail to everybody takes', async () => {
    const all = await findings({ contacts: 100_000 });
    expect(saysOf(all, 'ses-plan')).toBe(
      'note: 100,000 contacts a month, 3 mails each (the most): 300,000 mails. SES takes $30.00 à la carte ($0.10 per 1,000), or $48.00 on the plan that new accounts begin with ($0.16 per 1,000).',
    );
    expect(saysOf(all, 'pace')).toMatch(
      /^do: One mail to all 100,000 takes 2 hours at 14 a second, .* it takes 2 days/,
    );
  });
});
