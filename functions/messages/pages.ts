import { type HttpAnswer, html } from '#http/answer';
import { escapeHtml, page } from '#http/page';
import type { HttpRequest } from '#http/request';
import type { Refusal } from '#kernel/errors';

export const wantsPage = (request: HttpRequest): boolean =>
  (request.headers.accept ?? '').includes('text/html');

/** People get a page, programs problem+json. */
export const showRefusal = (refusal: Refusal, request: HttpRequest): HttpAnswer | undefined =>
  wantsPage(request)
    ? html(
        refusal.status,
        page('This link does not work', `<p>${escapeHtml(refusal.message)}</p>`),
        refusal.headers,
      )
    : undefined;

const buttonStyle =
  'font:inherit;font-weight:600;padding:.7em 1.4em;border:0;border-radius:8px;background:#1f2937;color:#fff;cursor:pointer';
const plainStyle =
  'font:inherit;padding:.7em 0;border:0;background:none;color:inherit;text-decoration:underline;cursor:pointer';

/** @param text plain */
export const button = (text: string, name = '', value = '', quiet = false): string =>
  `<button type="submit"${name ? ` name="${escapeHtml(name)}" value="${escapeHtml(value)}"` : ''} style="${quiet ? plainStyle : buttonStyle}">${escapeHtml(text)}</button>`;

/** Posts to the address it stands at. @param body markup */
export const form = (body: string): string => `<form method="post">${body}</form>`;
