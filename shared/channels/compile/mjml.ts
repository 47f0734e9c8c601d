import mjml2html from 'mjml';
import type { Issue } from '#kernel/issue';

const problem = (code: string, message: string, hint?: string): Issue => ({
  code,
  severity: 'error',
  path: '/mjml',
  message,
  ...(hint ? { hint } : {}),
});

const countIn = (text: string, piece: string): number => text.split(piece).length - 1;

/** MJML drops text that stands between its elements: an `{% if %}` there would be lost without a word. */
const lostTags = (mjml: string, html: string): Issue[] =>
  [...new Set(mjml.match(/\{%[^%]*%\}/g) ?? [])]
    .filter((tag) => countIn(html, tag) < countIn(mjml, tag))
    .map((tag) =>
      problem(
        'liquid-between-elements',
        `${tag} stands between MJML elements, where MJML drops it`,
        `write <mj-raw>${tag}</mj-raw>, or move it into the text of an element`,
      ),
    );

const tidy = (html: string): string => (/<pre\b/i.test(html) ? html : html.replace(/\n\s+/g, '\n'));

/** No files, no settings of this machine, no fonts from elsewhere. */
const options = {
  validationLevel: 'soft',
  keepComments: false,
  ignoreIncludes: true,
  useMjmlConfigOptions: false,
  fonts: {},
} as const;

/** What Liquid makes of it is not known yet, so MJML cannot say that it is no colour. */
const isLiquidColor = ({ message }: { message: string }): boolean =>
  /has invalid value: \{\{[^{}]*\}\} for type Color/.test(message);

/** Liquid passes through untouched. */
export const htmlOfMjml = async (mjml: string): Promise<{ html: string; issues: Issue[] }> => {
  if (/<mj-include\b/i.test(mjml))
    return {
      html: '',
      issues: [problem('mjml-include', '<mj-include> is not available: put the part in place')],
    };
  try {
    const { html, errors } = await mjml2html(mjml, options);
    const real = errors.filter((error) => !isLiquidColor(error));
    const issues = real.map((e) => problem('invalid-mjml', `line ${e.line}: ${e.message}`));
    return { html: tidy(html), issues: [...issues, ...lostTags(mjml, html)] };
  } catch (error) {
    return {
      html: '',
      issues: [problem('invalid-mjml', error instanceof Error ? error.message : 'not MJML')],
    };
  }
};
