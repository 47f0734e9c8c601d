import mjml2html from 'mjml';
import type { Finding } from './finding.ts';
import type { Weave } from './weave.ts';

const countIn = (text: string, piece: string): number => text.split(piece).length - 1;

/** MJML drops text that stands between its elements: an `{% if %}` there would be lost without a word. */
const lostTags = (weave: Weave, html: string): Finding[] =>
  [...new Set(weave.text.match(/\{%[^%]*%\}/g) ?? [])]
    .filter((tag) => countIn(html, tag) < countIn(weave.text, tag))
    .map((tag) => ({
      ...{ code: 'liquid-between-elements', severity: 'error' },
      spot: weave.spotAt(weave.text.indexOf(tag)),
      message: `${tag} stands between MJML elements, where MJML drops it`,
      hint: `write <mj-raw>${tag}</mj-raw>, or move it into the text of an element`,
    }));

const tidy = (html: string): string => (/<pre\b/i.test(html) ? html : html.replace(/\n\s+/g, '\n'));

/** No files, no settings of this machine, no fonts from elsewhere. */
const options = {
  validationLevel: 'soft',
  keepComments: false,
  ignoreIncludes: true,
  useMjmlConfigOptions: false,
  fonts: {},
} as const;

interface MjmlError {
  line: number;
  message: string;
}

/** What Liquid makes of it is not known yet, so MJML cannot say that it is no colour. */
const isLiquidColor = ({ message }: MjmlError): boolean =>
  /has invalid value: \{\{[^{}]*\}\} for type Color/.test(message);

const invalid = (message: string, spot: Finding['spot']): Finding => ({
  code: 'invalid-mjml',
  severity: 'error',
  spot,
  message,
});

/** Of the first letter in that line, counted from 1. */
const offsetOf = (text: string, line: number): number => {
  const lines = text.split('\n');
  const start = lines.slice(0, line - 1).join('\n').length + (line > 1 ? 1 : 0);
  return start + ((lines[line - 1] ?? '').search(/\S/) || 0);
};

const includes = (weave: Weave): Finding => ({
  code: 'mjml-include',
  severity: 'error',
  spot: weave.spotAt(weave.text.search(/<mj-include\b/i)),
  message: '<mj-include> is not available: templates read no files',
  hint: "write a partial, and {% render 'NAME' %} in its place",
});

/** Liquid passes through untouched. */
export const htmlOfMjml = async (weave: Weave): Promise<{ html: string; findings: Finding[] }> => {
  const { text } = weave;
  if (/<mj-include\b/i.test(text)) return { html: '', findings: [includes(weave)] };
  try {
    const { html, errors } = await mjml2html(text, options);
    const findings = errors
      .filter((error) => !isLiquidColor(error))
      .map((error) => invalid(error.message, weave.spotAt(Math.max(0, offsetOf(text, error.line)))));
    return { html: tidy(html), findings: [...findings, ...lostTags(weave, html)] };
  } catch (error) {
    return {
      html: '',
      findings: [invalid(error instanceof Error ? error.message : 'not MJML', weave.spotAt(0))],
    };
  }
};

/** What a screen reader reads it as, and what a translator must not translate again. */
export const inLanguage = (html: string, language: string): string =>
  html.replace(/<html\b([^>]*?)\slang="[^"]*"/i, `<html$1 lang="${language}"`);
