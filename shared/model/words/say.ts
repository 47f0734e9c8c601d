import { de } from './de.ts';
import { en, type Word, type Words } from './en.ts';
import { fr } from './fr.ts';

/** One line a language. */
const languages: Readonly<Record<string, Words>> = { en, de, fr };

export const wordNames = Object.keys(en) as [Word, ...Word[]];

/** A client's own words, by language; what a language lacks is said in ours, or in English. */
export type OwnWords = Readonly<Record<string, Readonly<Partial<Record<Word, string>>>>>;

/** One language, ready to speak. */
export interface Voice {
  /** For `lang`, such as `de`. */
  language: string;
  say(word: Word, values?: Readonly<Record<string, string>>): string;
}

/** `de-AT` before `de`, as people and browsers write them, in any case. */
export const spellings = (tag: string): string[] => {
  const parts = tag.trim().toLowerCase().replaceAll('_', '-').split('-');
  return parts.map((_, i) => parts.slice(0, parts.length - i).join('-')).filter((part) => part !== '');
};

const known = (tag: string, own: OwnWords): string | undefined => {
  const names = [...Object.keys(own), ...Object.keys(languages)];
  for (const spelling of spellings(tag)) {
    const found = names.find((name) => name.toLowerCase() === spelling);
    if (found !== undefined) return found;
  }
  return undefined;
};

const fill = (text: string, values: Readonly<Record<string, string>>): string =>
  text.replace(/\{([a-z]+)\}/g, (all, name: string) =>
    Object.hasOwn(values, name) ? (values[name] ?? all) : all,
  );

/**
 * @param wanted language tags, the best first; who asks for a language that nobody wrote gets the next
 * @param own of `client.json`
 */
export const voiceOf = (wanted: readonly unknown[], own: OwnWords = {}): Voice => {
  const tags = wanted.filter((tag): tag is string => typeof tag === 'string');
  const language = tags.map((tag) => known(tag, own)).find((found) => found !== undefined) ?? 'en';
  const [, base = language] = spellings(language);
  const kept = [own[language], own[base], languages[language], languages[base], en];
  return {
    language,
    say: (word, values = {}) => fill(kept.find((words) => words?.[word] !== undefined)?.[word] ?? '', values),
  };
};
