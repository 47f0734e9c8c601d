import { convert } from 'html-to-text';

const keepCase = { uppercase: false };

/**
 * The plain text of an HTML body, Liquid included: nothing is wrapped or put in capitals, which
 * would break `{{ contact.firstName }}`.
 */
export const textOfHtml = (html: string): string =>
  convert(html, {
    wordwrap: false,
    selectors: [
      {
        selector: 'a',
        options: { hideLinkHrefIfSameAsText: true, linkBrackets: ['(', ')'], noAnchorUrl: true },
      },
      { selector: 'img', format: 'skip' },
      ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({ selector, options: keepCase })),
      { selector: 'table', format: 'block' },
    ],
  })
    .replace(/[ \t]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
