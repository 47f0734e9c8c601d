import type { HttpRequest } from '#http/request';

export type Asked = Pick<HttpRequest, 'method' | 'headers'> & { path?: string };

/** One way to tell a program from a person. `examples` and `people` are what the test asks. */
export interface Rule {
  name: string;
  why: string;
  fits(asked: Asked): boolean;
  /** What it is there for. */
  examples: readonly Partial<Asked>[];
  /** What looks alike and is a person. */
  people: readonly Partial<Asked>[];
}

const agentOf = ({ headers }: Asked): string => headers['user-agent'] ?? '';
const isClick = ({ path }: Asked): boolean => path?.startsWith('/c/') === true;
const by = (agent: string, more: Record<string, string> = {}): Partial<Asked> => ({
  headers: { 'user-agent': agent, ...more },
});

const chrome =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';
const safari =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1';
const onTls = { 'x-forwarded-proto': 'https' };
const gmailProxy =
  'Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)';

/** Libraries by the name that they give when nobody chose another. */
const library =
  /^(?:python-(?:requests|urllib|httpx)\b|python\/[\d.]+ aiohttp|aiohttp\/|curl\/|libcurl|wget\b|go-http-client\/|libwww-perl|lwp::|axios\/|node-fetch\b|undici$|node$|got \(|java\/|apache-httpclient\/|okhttp\/|guzzlehttp\/|ruby$|reqwest\/|scrapy\/|httpie\/|postmanruntime\/)/i;

/** By these the mail programs of telephones may load their pictures; a link they hand to the browser. */
const showsPictures = /^(?:okhttp|java|apache-httpclient)\//i;

/** Since these versions browsers name the kind of each request on https: https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Sec-Fetch-Mode */
const namesItsRequests = (agent: string): boolean => {
  const [, name = '', version = '0'] = /(Chrome|Firefox|Version)\/(\d{1,4})/.exec(agent) ?? [];
  const since: Readonly<Record<string, number>> = { Chrome: 80, Firefox: 90, Version: 17 };
  return /^Mozilla\/5\.0 \(/.test(agent) && Number(version) >= (since[name] ?? Number.POSITIVE_INFINITY);
};

/**
 * By what a request says of itself; the first that fits names it. Not here: `GoogleImageProxy` and
 * `YahooMailProxy`, which fetch when a person opens the mail. See
 * decisions/2026-11-22-machines-by-what-they-say.md.
 */
export const rules: readonly Rule[] = [
  {
    name: 'asks-only',
    why: 'HEAD asks whether a link is there; no browser follows a link so',
    fits: ({ method }) => method === 'HEAD',
    examples: [{ method: 'HEAD', headers: { 'user-agent': chrome } }],
    people: [by(chrome)],
  },
  {
    name: 'loads-in-advance',
    why: 'browsers and mail programs load what might be opened next, and say so',
    fits: ({ headers }) =>
      /prefetch|prerender|preview/i.test(
        ['sec-purpose', 'purpose', 'x-purpose', 'x-moz'].map((name) => headers[name] ?? '').join(' '),
      ),
    examples: [
      by(chrome, { 'sec-purpose': 'prefetch;prerender' }),
      by(chrome, { purpose: 'prefetch' }),
      by(safari, { 'x-purpose': 'preview' }),
      by(chrome, { 'x-moz': 'prefetch' }),
    ],
    people: [by(chrome, { 'sec-fetch-user': '?1' })],
  },
  {
    name: 'scans-mail',
    why: 'security gateways open what is in a mail before it is delivered',
    fits: (asked) =>
      /barracuda|mimecast|proofpoint|symantec|messagelabs|fireeye|trellix|trendmicro|forcepoint|sophos|safelinks|ironport|zscaler|avanan|virustotal|urlscan|linkcheck|scanner/i.test(
        agentOf(asked),
      ),
    examples: [
      by('BarracudaCentral (https://www.barracudacentral.org)'),
      by('Mozilla/5.0 (compatible; Mimecast URL Scanner)'),
      by('Mozilla/5.0 (compatible; urlscan.io)'),
    ],
    people: [by(chrome), by(safari)],
  },
  {
    name: 'names-itself',
    why: 'crawlers, link previews of messengers and browsers without a window say so',
    fits: (asked) =>
      /bot\b|crawler|spider|slurp|preview|prefetch|headlesschrome|phantomjs|facebookexternalhit|skypeuripreview|slackbot|whatsapp|telegrambot/i.test(
        agentOf(asked),
      ),
    examples: [
      by('Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)'),
      by('Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 HeadlessChrome/140.0.0.0 Safari/537.36'),
      by('Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)'),
      by('WhatsApp/2.23.20.0'),
      by('facebookexternalhit/1.1'),
      by('Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5'),
    ],
    people: [
      by('Mozilla/5.0 (Linux; Android 14; CUBOT_X70) AppleWebKit/537.36 Chrome/139.0 Mobile Safari/537.36'),
      by(gmailProxy),
      by('YahooMailProxy; https://help.yahoo.com/kb/yahoo-mail-proxy-SLN28749.html'),
      by(''),
    ],
  },
  {
    name: 'is-a-library',
    why: 'what fetches under the plain name of a library is a script; no person reads by one',
    fits: (asked) => library.test(agentOf(asked)) && (isClick(asked) || !showsPictures.test(agentOf(asked))),
    examples: [
      ...['python-requests/2.32.3', 'curl/8.7.1', 'Go-http-client/2.0', 'axios/1.7.2', 'Wget/1.21.4'].map(
        (agent) => by(agent),
      ),
      ...['node-fetch/1.0 (+https://github.com/bitinn/node-fetch)', 'undici', 'node', 'libwww-perl/6.77'].map(
        (agent) => by(agent),
      ),
      ...['Python-urllib/3.12', 'Python/3.12 aiohttp/3.9.5', 'python-httpx/0.27.0', 'Ruby'].map((agent) =>
        by(agent),
      ),
      ...['okhttp/4.12.0', 'Java/17.0.2', 'Apache-HttpClient/4.5.14 (Java/17.0.2)'].map((agent) => ({
        ...by(agent),
        path: '/c/x',
      })),
      { ...by('python-requests/2.32.3'), path: '/c/x' },
    ],
    people: [
      by(gmailProxy),
      { ...by(chrome), path: '/c/x' },
      { ...by('okhttp/4.12.0'), path: '/o/x' },
      by('Apache-HttpClient/UNAVAILABLE (java 1.4)'),
      by('Curlew/1.0'),
      by('Mozilla/5.0 (X11; Linux x86_64; node) AppleWebKit/537.36'),
    ],
  },
  {
    name: 'names-nobody',
    why: 'each browser says which it is; what follows a link and does not is a scanner',
    fits: (asked) => isClick(asked) && agentOf(asked).trim() === '',
    examples: [
      { path: '/c/x' },
      { ...by(''), path: '/c/x' },
      { ...by(' ', { 'accept-language': 'de' }), path: '/c/x' },
    ],
    // No proxy of a provider is nameless: this is a mail program that hides its name.
    people: [by(''), { path: '/o/x' }, { ...by('x'), path: '/c/x' }],
  },
  {
    name: 'apple-mail-privacy',
    why: "Apple's Mail Privacy Protection loads every picture in advance, as this and no more",
    fits: (asked) => agentOf(asked) === 'Mozilla/5.0',
    examples: [by('Mozilla/5.0')],
    people: [
      by(safari),
      by('Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko)'),
    ],
  },
  {
    name: 'gmail-in-advance',
    why: 'Gmail loads some pictures before anybody opens the mail, as a browser that never was',
    fits: (asked) => /Edge\/12\.246 Mozilla\/5\.0$/.test(agentOf(asked)),
    examples: [
      by(
        'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/42.0.2311.135 Safari/537.36 Edge/12.246 Mozilla/5.0',
      ),
    ],
    people: [by(gmailProxy)],
  },
  {
    name: 'browser-in-name-only',
    why: 'a scanner that clicks under the name of a browser sends neither of two headers that each such browser sends',
    fits: (asked) =>
      isClick(asked) &&
      asked.headers['x-forwarded-proto'] === 'https' &&
      namesItsRequests(agentOf(asked)) &&
      asked.headers['accept-language'] === undefined &&
      asked.headers['sec-fetch-mode'] === undefined,
    examples: [
      { ...by(chrome, onTls), path: '/c/x' },
      { ...by(safari, onTls), path: '/c/x' },
    ],
    people: [
      { ...by(chrome, { ...onTls, 'accept-language': 'de' }), path: '/c/x' },
      { ...by(safari, { ...onTls, 'sec-fetch-mode': 'navigate' }), path: '/c/x' },
      { ...by(chrome), path: '/c/x' },
      { ...by(chrome, onTls), path: '/o/x' },
      { ...by('Mozilla/5.0 (Windows NT 6.1; Trident/7.0; rv:11.0) like Gecko', onTls), path: '/c/x' },
    ],
  },
];

/** A person follows one link and then reads for a while; those that fetch all do it in one to five seconds. */
export const burstMs = 5_000;

interface AskedFor {
  /** Milliseconds. */
  at: number;
  link: string;
}

/** Scanners fetch every link of a mail within seconds. @param asked all that was asked for of the message */
export const isBurst = (asked: readonly AskedFor[], one: AskedFor): boolean =>
  asked.some(({ at, link }) => link !== one.link && Math.abs(one.at - at) < burstMs);
export const burstRule = 'every-link-at-once';

/** The name of the first rule that tells a program; undefined for a person. */
export const machineRule = (asked: Asked): string | undefined => rules.find(({ fits }) => fits(asked))?.name;
