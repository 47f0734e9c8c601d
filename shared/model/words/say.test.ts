import { describe, expect, it } from 'vitest';
import { de } from './de.ts';
import { en } from './en.ts';
import { fr } from './fr.ts';
import { voiceOf } from './say.ts';

const marks = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).sort();

describe('the words', () => {
  it.each([
    ['de', de],
    ['fr', fr],
  ])('of %s name the same things as in English', (_, words) => {
    for (const [name, text] of Object.entries(en))
      expect([name, ...marks(words[name as keyof typeof en])]).toEqual([name, ...marks(text)]);
  });

  it('are those of the first language that anybody wrote', () => {
    expect(voiceOf(['tlh', 'fr-CA', 'de']).language).toBe('fr');
    expect(voiceOf(['DE_at']).say('preferences-save')).toBe('Speichern');
    expect(voiceOf([]).language).toBe('en');
    expect(voiceOf([undefined, 7, '', '-', '__proto__', 'constructor']).language).toBe('en');
  });

  it('of the client come first, and may be of a language that we lack', () => {
    const own = { de: { 'preferences-save': 'Sichern' }, 'pt-BR': { 'preferences-save': 'Salvar' } };
    expect(voiceOf(['de-CH'], own).say('preferences-save')).toBe('Sichern');
    expect(voiceOf(['de'], own).say('saved-title')).toBe('Gespeichert');
    expect(voiceOf(['pt-br'], own).say('preferences-save')).toBe('Salvar');
    expect(voiceOf(['pt-br'], own).say('saved-title')).toBe('Saved');
  });

  it('hold what is filled in as it is', () => {
    expect(voiceOf([]).say('unsubscribe-text', { brand: '$& {brand} <b>' })).toContain('$& {brand} <b>');
    expect(voiceOf([]).say('unsubscribe-text')).toContain('{brand}');
  });
});
