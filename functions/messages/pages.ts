import { type HttpAnswer, html } from '#http/answer';
import { escapeHtml, page } from '#http/page';
import type { HttpRequest } from '#http/request';
import type { Refusal } from '#kernel/errors';
import type { Client } from '#model/client';
import type { Word } from '#model/words/en';
import type { Voice } from '#model/words/say';
import { type Reader, voiceFor } from './reader.ts';

export const wantsPage = (request: HttpRequest): boolean =>
  (request.headers.accept ?? '').includes('text/html');

const words: Readonly<Record<string, [title: Word, text: Word]>> = {
  'invalid-link': ['link-broken-title', 'link-broken-text'],
  'try-later': ['try-later-title', 'try-later-text'],
};

const refusalPage = (refusal: Refusal, voice: Voice): string => {
  const [title, text] = words[refusal.code] ?? ['link-broken-title'];
  return page(voice.say(title), paragraph(text ? voice.say(text) : refusal.message), voice.language);
};

/** People get a page in the language of their browser, programs problem+json. */
export const showRefusal = (refusal: Refusal, request: HttpRequest): HttpAnswer | undefined =>
  wantsPage(request)
    ? html(refusal.status, refusalPage(refusal, voiceFor(request)), refusal.headers)
    : undefined;

/** @param text plain */
export const paragraph = (text: string): string => `<p>${escapeHtml(text)}</p>`;

const linear = (channel: number): number =>
  channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;

/** Of white letters on a colour `#rrggbb`: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
const contrastWithWhite = (color: string): number => {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) =>
    linear(Number.parseInt(color.slice(at, at + 2), 16) / 255),
  );
  return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05);
};

/** The client's colour where everybody can read white on it. */
const buttonColor = ({ brand: { color } }: Client): string =>
  color !== undefined && contrastWithWhite(color) >= 4.5 ? color : '#1f2937';

const style = (client: Client): string =>
  `button{background:${buttonColor(client)};min-height:44px}button.quiet{padding:.7em 0;background:none;color:inherit;text-decoration:underline;text-align:start}:focus-visible{outline:3px solid #0b5fff;outline-offset:3px}fieldset{margin:0 0 1.5rem;padding:0;border:0}legend{padding:0;font-weight:600}.box{display:flex;gap:.75rem;margin:.9rem 0;align-items:start}.box input{flex:none;width:1.5rem;height:1.5rem;margin:.1rem 0}.about{display:block;color:#4b5563;font-size:.95rem}.done{padding:.8rem 1rem;border-inline-start:5px solid #15803d;background:#f0fdf4}.logo{max-height:48px;max-width:220px}.all{margin-top:2.5rem;padding-top:1rem;border-top:1px solid #d1d5db}`;

const head = (client: Client): string => {
  const { name, logo, logoText } = client.brand;
  return logo === undefined
    ? ''
    : `<p><img class="logo" src="${escapeHtml(logo)}" alt="${escapeHtml(logoText ?? name)}"></p>`;
};

/** A page of the client's, in the reader's language. @param body markup */
export const readerPage = ({ client, voice }: Reader, title: Word, body: string): HttpAnswer =>
  html(200, page(voice.say(title), `${body}${head(client)}`, voice.language, style(client)));

/** @param text plain */
export const button = (text: string, name = '', value = '', quiet = false): string =>
  `<button type="submit"${quiet ? ' class="quiet"' : ''}${name ? ` name="${escapeHtml(name)}" value="${escapeHtml(value)}"` : ''}>${escapeHtml(text)}</button>`;

/** Posts to the address it stands at. @param body markup */
export const form = (body: string): string => `<form method="post">${body}</form>`;
