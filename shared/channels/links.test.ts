import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  createLinks,
  type LinkFacts,
  type LinkKeys,
  type LinkPurpose,
  signLink,
  verifyLink,
} from './links.ts';

const keysOf = (kid: string, fill: number): LinkKeys => ({
  current: kid,
  byKid: { [kid]: new Uint8Array(32).fill(fill) },
});
const keys = keysOf('k1', 7);
const facts: LinkFacts = {
  sendId: `${'a'.repeat(20)}-${'b'.repeat(20)}`,
  channel: 'email',
  madeAt: 1_700_000_000_000,
  topic: 'news',
  url: 'https://www.acme.example/trial?email=ada@example.com',
};

describe('links', () => {
  it('gives back what was sealed', () => {
    expect(verifyLink(keys, 'click', signLink(keys, 'click', facts))).toEqual({ facts });
  });

  it('gives back the address and the end of a confirmation', () => {
    const asked = { ...facts, address: 'a-hash', until: 1_700_000_600_000 };
    expect(verifyLink(keys, 'confirm', signLink(keys, 'confirm', asked))).toEqual({ facts: asked });
  });

  it('gives the same token for the same facts', () => {
    expect(signLink(keys, 'click', facts)).toBe(signLink(keys, 'click', { ...facts }));
  });

  it('shows nothing of what it carries', () => {
    const token = signLink(keys, 'click', facts);
    const readable = token + Buffer.from(token.slice(3), 'base64url').toString('latin1');
    for (const secret of ['ada', 'example', 'acme', 'news', 'aaaa', 'bbbb'])
      expect(readable).not.toContain(secret);
  });

  it('accepts a token of an older key that is still kept', () => {
    const old = signLink(keys, 'open', facts);
    const rotated = { current: 'k2', byKid: { ...keys.byKid, k2: new Uint8Array(32).fill(9) } };
    expect(verifyLink(rotated, 'open', old)).toEqual({ facts });
  });

  it('refuses a token of a key that is gone', () => {
    expect(verifyLink(keysOf('k2', 9), 'open', signLink(keys, 'open', facts))).toEqual({
      refused: 'unknown-key',
    });
  });

  it('refuses a token of another client with the same key id', () => {
    expect(verifyLink(keysOf('k1', 8), 'open', signLink(keys, 'open', facts))).toEqual({ refused: 'forged' });
  });

  it('refuses a token of another purpose, in every pair', () => {
    const all: LinkPurpose[] = ['unsubscribe', 'preferences', 'open', 'click', 'confirm'];
    for (const made of all)
      for (const used of all.filter((p) => p !== made))
        expect(verifyLink(keys, used, signLink(keys, made, facts))).toEqual({ refused: 'forged' });
  });

  it('refuses a token with any one character changed', () => {
    const token = signLink(keys, 'click', facts);
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.';
    for (let i = 0; i < token.length; i++)
      for (const letter of letters)
        if (letter !== token[i])
          expect(verifyLink(keys, 'click', token.slice(0, i) + letter + token.slice(i + 1))).toHaveProperty(
            'refused',
          );
  });

  it('refuses a token cut at any place or made longer', () => {
    const token = signLink(keys, 'click', facts);
    for (let i = 0; i < token.length; i++)
      expect(verifyLink(keys, 'click', token.slice(0, i))).toHaveProperty('refused');
    for (const tail of ['A', '=', '==', '.', ' ', '%00'])
      expect(verifyLink(keys, 'click', token + tail)).toHaveProperty('refused');
  });

  it('refuses any text that is not a token', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 300 }),
        (text) => 'refused' in verifyLink(keys, 'click', text),
      ),
    );
    expect(verifyLink(keys, 'click', `__proto__.${'A'.repeat(40)}`)).toEqual({ refused: 'malformed' });
    expect(verifyLink(keys, 'click', `constructor.${'A'.repeat(40)}`)).toEqual({ refused: 'unknown-key' });
  });

  it('makes the four links of a message under the public address', () => {
    const links = createLinks(keys, 'https://t.acme.example', {
      sendId: facts.sendId,
      channel: 'email',
      madeAt: 0,
    });
    expect(links.unsubscribe).toMatch(/^https:\/\/t\.acme\.example\/u\/k1\./);
    expect(links.preferences).toMatch(/\/p\/k1\./);
    expect(links.open).toMatch(/\/o\/k1\./);
    const token = links.click('https://www.acme.example/').split('/c/')[1] ?? '';
    expect(verifyLink(keys, 'click', token)).toMatchObject({ facts: { url: 'https://www.acme.example/' } });
  });
});
