import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  type KeyObject,
  timingSafeEqual,
} from 'node:crypto';

/** Signing keys by key id; `current` signs, all verify. At least 32 random bytes each. */
export interface LinkKeys {
  current: string;
  byKid: Readonly<Record<string, Uint8Array>>;
  /** Of these others may have a copy: they only unsubscribe, which harms nobody and must go on working. */
  leaked?: ReadonlySet<string>;
}

export type LinkPurpose = 'unsubscribe' | 'preferences' | 'open' | 'click' | 'confirm' | 'task';

/** What a link carries, sealed: nobody without the key can read or change it. */
export interface LinkFacts {
  /** Leads to the contact and the send. */
  sendId: string;
  channel: string;
  /** Milliseconds, whole seconds: when the message was made. */
  madeAt: number;
  /** The topic that an unsubscribe is about; the whole channel when absent. */
  topic?: string;
  /** Destination of a click. */
  url?: string;
  /** Of a confirmation: keyed hash of the address that was asked. */
  address?: string;
  /** Milliseconds, whole seconds: when it stops working. */
  until?: number;
  /** Of a click: joined to the destination on the way (`utm_…`), and no part of what the journeys hear. */
  query?: string;
  /** Of a task: the answer that it gives. */
  outcome?: string;
}

export type LinkRefusal = 'malformed' | 'unknown-key' | 'forged';

const tagBytes = 16;
const shape = /^([A-Za-z0-9]{1,16})\.([A-Za-z0-9_-]{24,6000})$/;

/** By key and use. Few: a client rotates its keys once in a while, and reads the same ones again and again. */
const made = new Map<string, KeyObject>();
const mostMade = 100;

/** One key for each use and purpose. Kept: a mail has many links. */
const subkey = (key: Uint8Array, use: 'sign' | 'seal', purpose: LinkPurpose): KeyObject => {
  const name = `wayleaf link ${use} ${purpose}`;
  const id = `${name} ${Buffer.from(key).toString('latin1')}`;
  const known = made.get(id);
  if (known) return known;
  if (made.size >= mostMade) made.clear();
  const subkey = createSecretKey(createHmac('sha256', key).update(name).digest());
  made.set(id, subkey);
  return subkey;
};

const sign = (key: Uint8Array, purpose: LinkPurpose, text: Uint8Array): Buffer =>
  createHmac('sha256', subkey(key, 'sign', purpose))
    .update(text)
    .digest()
    .subarray(0, tagBytes);

/**
 * `<kid>.<base64url(tag ‖ sealed)>`. The tag is the HMAC of the text and the start value of the
 * cipher (SIV), so the same facts give the same token; see decisions/2026-11-22-sealed-links.md.
 */
export const signLink = (keys: LinkKeys, purpose: LinkPurpose, facts: LinkFacts): string => {
  const key = keys.byKid[keys.current];
  if (!key) throw new Error(`no link key "${keys.current}"`);
  const { sendId, channel, madeAt, topic, url, address, until, query, outcome } = facts;
  const more = [address ?? 0, until === undefined ? 0 : Math.floor(until / 1000), query ?? 0, outcome ?? 0];
  while (more.at(-1) === 0) more.pop();
  const text = Buffer.from(
    JSON.stringify([sendId, channel, Math.floor(madeAt / 1000), topic ?? 0, url ?? 0, ...more]),
  );
  const tag = sign(key, purpose, text);
  const cipher = createCipheriv('aes-256-ctr', subkey(key, 'seal', purpose), tag);
  const sealed = Buffer.concat([tag, cipher.update(text), cipher.final()]);
  return `${keys.current}.${sealed.toString('base64url')}`;
};

const open = (key: Uint8Array, purpose: LinkPurpose, sealed: Buffer): Buffer | undefined => {
  const tag = sealed.subarray(0, tagBytes);
  const cipher = createDecipheriv('aes-256-ctr', subkey(key, 'seal', purpose), tag);
  const text = Buffer.concat([cipher.update(sealed.subarray(tagBytes)), cipher.final()]);
  return timingSafeEqual(sign(key, purpose, text), tag) ? text : undefined;
};

const readFacts = (text: Buffer): LinkFacts => {
  const [sendId, channel, seconds, topic, url, address, until, query, outcome] = JSON.parse(
    text.toString(),
  ) as [string, string, number, string | 0, string | 0, (string | 0)?, number?, (string | 0)?, string?];
  return {
    ...{ sendId, channel, madeAt: seconds * 1000 },
    ...(topic ? { topic } : {}),
    ...(url ? { url } : {}),
    ...(address ? { address } : {}),
    ...(until ? { until: until * 1000 } : {}),
    ...(query ? { query } : {}),
    ...(outcome ? { outcome } : {}),
  };
};

/** Refuses what is cut, changed, of another client or of another purpose. */
export const verifyLink = (
  keys: LinkKeys,
  purpose: LinkPurpose,
  token: string,
): { facts: LinkFacts } | { refused: LinkRefusal } => {
  const [, kid, body] = shape.exec(token) ?? [];
  if (kid === undefined || body === undefined) return { refused: 'malformed' };
  const sealed = Buffer.from(body, 'base64url');
  // Base64 has several spellings of the same bytes; only ours is a link.
  if (sealed.toString('base64url') !== body) return { refused: 'malformed' };
  const key = Object.hasOwn(keys.byKid, kid) ? keys.byKid[kid] : undefined;
  if (!key || (keys.leaked?.has(kid) && purpose !== 'unsubscribe')) return { refused: 'unknown-key' };
  const text = open(key, purpose, sealed);
  return text ? { facts: readFacts(text) } : { refused: 'forged' };
};

const paths = {
  unsubscribe: 'u',
  preferences: 'p',
  open: 'o',
  click: 'c',
  confirm: 'confirm',
  task: 't',
} as const;

/** Where one link leads. `baseUrl` has no slash at the end. */
export const addressOfLink = (
  keys: LinkKeys,
  baseUrl: string,
  purpose: LinkPurpose,
  facts: LinkFacts,
): string => `${baseUrl}/${paths[purpose]}/${signLink(keys, purpose, facts)}`;

export interface Links {
  unsubscribe: string;
  preferences: string;
  open: string;
  /** @param query joined to the destination on the way */
  click(url: string, query?: string): string;
}

/** The links of one message. `baseUrl` has no slash at the end. */
export const createLinks = (keys: LinkKeys, baseUrl: string, facts: Omit<LinkFacts, 'url'>): Links => {
  const address = (purpose: LinkPurpose, all: LinkFacts): string =>
    addressOfLink(keys, baseUrl, purpose, all);
  return {
    unsubscribe: address('unsubscribe', facts),
    preferences: address('preferences', facts),
    open: address('open', facts),
    click: (url, query = '') => address('click', { ...facts, url, ...(query === '' ? {} : { query }) }),
  };
};
