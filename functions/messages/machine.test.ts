import { describe, expect, it } from 'vitest';
import { isMachine } from './machine.ts';

const by = (agent: string, method = 'GET', headers: Record<string, string> = {}): boolean =>
  isMachine({ method, headers: { 'user-agent': agent, ...headers } });
const browser =
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 Chrome/126.0 Safari/537.36';

describe('who opens and clicks', () => {
  it('is a person behind a browser, or behind the proxies that fetch when a person opens', () => {
    expect(by(browser)).toBe(false);
    expect(
      by('Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)'),
    ).toBe(false);
    expect(by('YahooMailProxy; https://help.yahoo.com/kb/yahoo-mail-proxy-SLN28749.html')).toBe(false);
    expect(by('')).toBe(false);
  });

  it('is a machine that names itself', () => {
    for (const agent of [
      'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
      'BarracudaCentral (https://www.barracudacentral.org)',
      'Mozilla/5.0 (X11; Linux x86_64) HeadlessChrome/126.0',
      'Slackbot-LinkExpanding 1.0',
      'WhatsApp/2.23',
    ])
      expect(by(agent)).toBe(true);
  });

  it("is Apple's proxy, which loads every picture in advance", () => {
    expect(by('Mozilla/5.0')).toBe(true);
  });

  it('is a machine that only asks whether the link is there, or loads it in advance', () => {
    expect(by(browser, 'HEAD')).toBe(true);
    expect(by(browser, 'GET', { 'sec-purpose': 'prefetch;prerender' })).toBe(true);
  });
});
