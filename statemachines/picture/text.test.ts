import { describe, expect, it } from 'vitest';
import { escapeXml, textWidth, wrap } from './text.ts';

const style = { size: 12 };

describe('wrapping', () => {
  it('breaks between words', () => {
    expect(wrap('Send the loyalty rewards', 70, 3, style)).toEqual(['Send the', 'loyalty', 'rewards']);
  });

  it('ends with … where there are more words than lines', () => {
    expect(wrap('Send the loyalty rewards', 70, 2, style)).toEqual(['Send the', 'loyalty re…']);
  });

  it('breaks a word that is longer than a line', () => {
    const lines = wrap('x'.repeat(30), 90, 9, style);

    expect(lines.join('')).toBe('x'.repeat(30));
    expect(lines.every((line) => textWidth(line, 12) <= 90)).toBe(true);
  });

  it('never makes a line wider than it may be', () => {
    for (const text of ['大きな会社ですか？お客様', 'WWWW MMMM @@@@ %%%%', '👋👋👋👋👋👋👋👋👋👋'])
      for (const line of wrap(text, 80, 2, style)) expect(textWidth(line, 12)).toBeLessThanOrEqual(80);
  });
});

describe('escaping', () => {
  it('leaves no markup and nothing that XML refuses', () => {
    expect(escapeXml(`<a b="c">&'\u0000\ud800`)).toBe('&lt;a b=&quot;c&quot;&gt;&amp;&apos;\ufffd');
  });
});
