import type { CompiledTemplate } from '#model/journey';
import { spellings } from '#model/words/say';

const lookUp = (names: readonly string[], tag: string): string | undefined => {
  const spelled = spellings(tag);
  for (const spelling of spelled) {
    const found = names.find((name) => name.toLowerCase() === spelling);
    if (found !== undefined) return found;
  }
  // Whoever names no country takes that of any: `pt` reads `pt-BR` rather than another language.
  return spelled.length === 1
    ? names.find((name) => name.toLowerCase().startsWith(`${spelled[0]}-`))
    : undefined;
};

/**
 * The words of a template for a reader: in the first of the wanted languages that it has, else as it is
 * written for everybody.
 * @param wanted language tags, the best first; the client's last
 */
export const inLanguage = (template: CompiledTemplate, wanted: readonly unknown[]): CompiledTemplate => {
  const { languages = {}, ...whole } = template;
  const names = [...(whole.language === undefined ? [] : [whole.language]), ...Object.keys(languages)];
  const found = wanted
    .map((tag) => (typeof tag === 'string' ? lookUp(names, tag) : undefined))
    .find((name) => name !== undefined);
  const content = found === undefined ? undefined : languages[found];
  return content && found !== undefined ? { ...whole, ...content, language: found } : whole;
};
