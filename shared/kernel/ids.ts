import { hash, randomFillSync } from 'node:crypto';

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

const base32 = (bytes: Uint8Array, length: number): string => {
  let text = '';
  for (let i = 0; i < length; i++) text += alphabet[(bytes[i] ?? 0) & 31];
  return text;
};

/** Drawn for a hundred ids at once: asking costs more than the bytes. */
const pool = new Uint8Array(20 * 100);
let used = pool.length;

/** A new opaque id of 20 characters (100 bits), letters and digits only. */
export const newId = (): string => {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += 20;
  return base32(pool.subarray(used - 20, used), 20);
};

const digestOf = (parts: readonly (string | number)[]): Buffer =>
  hash('sha256', JSON.stringify(parts), 'buffer');

/** The same parts always give the same 20-character id: what is retried finds itself again. */
export const derivedId = (...parts: readonly (string | number)[]): string => base32(digestOf(parts), 20);

/** A number in [0, 1) drawn from the parts: the same parts always draw the same. */
export const drawn = (...parts: readonly (string | number)[]): number =>
  digestOf(parts).readUIntBE(0, 6) / 2 ** 48;

/**
 * Run ids and send ids carry the contact's id in front, so that one string leads to the contact's
 * partition. They hold no personal data and fit an execution name (80 characters) and an SES tag.
 */
export const runId = (contact: string, ...parts: readonly (string | number)[]): string =>
  `${contact}-${derivedId('run', ...parts)}`;
export const sendId = (run: string, step: string, visit: number, channel: string): string =>
  `${contactOf(run)}-${derivedId('send', run, step, visit, channel)}`;
/** The contact in whose partition a run or a send stands, whoever holds it now. */
export const contactOf = (runOrSend: string): string => runOrSend.slice(0, 20);

/** `form-` and 20 characters, or 20 characters alone: an id that we make, or may make one day. */
const ours = /^(?:[a-z]+-)?[0-9a-z]{20}(?![0-9a-z])/;

/**
 * An id that a sender chose, as it is stored: never one that we make, whatever they send. Shown to them it is
 * what they sent (`sentIdOf`).
 */
export const storedIdOf = (sent: string): string =>
  ours.test(sent) || sent.startsWith('~') ? `~${sent}` : sent;
/** An id as its sender wrote it. */
export const sentIdOf = (stored: string): string => (stored.startsWith('~') ? stored.slice(1) : stored);
