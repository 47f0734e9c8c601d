import { isAllowed } from './consent.ts';
import { add } from './queue.ts';
import { base, key } from './script.ts';
import { anonymousId, become, lastTouch, randomId, userId } from './visitor.ts';

export type Values = Record<string, unknown>;

let cameFrom = document.referrer;
let here = '';
/** When what is shown now was shown first (milliseconds). */
export let shownAt: number = Date.now();

const pageNow = (): Values => ({
  title: document.title,
  url: location.href.split('#', 1)[0],
  path: location.pathname,
  search: location.search,
  referrer: cameFrom,
});

/** As Segment writes it: `name` for the campaign, the others without `utm_`. */
const campaign = (): Values =>
  Object.fromEntries(
    Object.entries(lastTouch()).flatMap(([mark, value]) =>
      mark.startsWith('utm_') ? [[mark.slice(4).replace('campaign', 'name'), value]] : [],
    ),
  );

let calls = 0;
/** Ids in the order of the calls: what is stored within one millisecond is told in their order. */
const messageId = (): string =>
  [Date.now().toString(36), (calls++).toString(36).padStart(4, '0'), randomId()].join('-');

/** What is seen is read now; who saw it, once it may be stored. */
const call = (type: string, members: Values, first?: () => void): void => {
  const context = {
    library: { name: 'wayleaf.js', version: '1' },
    page: pageNow(),
    campaign: campaign(),
    locale: navigator.language,
    timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  };
  const message = { type, messageId: messageId(), timestamp: new Date().toISOString(), context, ...members };
  add(() => {
    first?.();
    return { ...message, anonymousId: anonymousId(), userId: userId() };
  });
};

export const track = (event: string, properties: Values = {}): void => call('track', { event, properties });

/** `identify('u-1', { plan: 'pro' })`, `identify({ language: 'de' })` */
export const identify = (who: string | number | Values, traits: Values = {}): void =>
  typeof who === 'object'
    ? call('identify', { traits: who })
    : call('identify', { traits }, () => become(String(who)));

export const page = (name?: string, properties: Values = {}): void =>
  call('page', { name, properties: { ...pageNow(), ...properties } });

/**
 * This browser takes push messages: `token` as the push service gave it, asked for at each visit anew, so
 * nothing is kept of it here. The visitor's permission for notifications is the consent.
 */
export const device = (app: string, token: string): void => {
  if (!isAllowed()) return;
  const browser = anonymousId();
  const who = { userId: userId(), anonymousId: browser, deviceId: browser, consent: true };
  const body = JSON.stringify({ writeKey: key, app, token, ...who });
  fetch(`${base}/v1/devices`, { method: 'POST', credentials: 'omit', keepalive: true, body }).catch(() => {});
};

const isElsewhere = (): boolean => here !== location.pathname + location.search;

const view = (): void => {
  here = location.pathname + location.search;
  shownAt = Date.now();
  page();
  cameFrom = location.href;
};

/** A site that changes its address without loading a page: the title follows in the same turn. */
const moved = (): void => {
  setTimeout(() => isElsewhere() && view());
};

export const startPages = (): void => {
  const { pushState } = history;
  history.pushState = function (...given) {
    pushState.apply(this, given);
    moved();
  };
  addEventListener('popstate', moved);
  addEventListener('pageshow', ({ persisted }) => persisted && view());
  view();
};
