import type { FormValues } from '#http/form-body';
import type { HttpRequest } from '#http/request';
import type { Form } from '#model/form';
import { type Identity, refuseId } from '#policy/contacts/identity';

/** Written by the web snippet, or by hidden fields of the page. */
export const pageField = '_page';
export const referrerField = '_referrer';
export const visitorField = '_anonymousId';
export const utmMarks: readonly string[] = [
  'utm_source',
  'utm_medium',
  'utm_campaign',
  'utm_term',
  'utm_content',
  'utm_id',
];

const maxMark = 200;
const maxAddress = 500;
const control = /[\p{Cc}\u2028\u2029]/u;

/** Nobody typed these: what cannot be kept is left out, and is no reason to refuse the rest. */
const plain = (value: unknown, max: number): string | undefined => {
  const text = typeof value === 'string' ? value.trim() : '';
  return text === '' || text.length > max || control.test(text) || !text.isWellFormed() ? undefined : text;
};

const webPage = (text: unknown): URL | undefined => {
  if (typeof text !== 'string' || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  return /^https?:$/.test(url.protocol) ? url : undefined;
};

/** Without its query, in which sites put tokens and addresses. */
const bare = (url: URL | undefined): string | undefined =>
  url && plain(`${url.origin}${url.pathname}`, maxAddress);

const single = (values: FormValues, name: string): unknown => {
  const given = values.get(name);
  return given?.length === 1 ? given[0] : undefined;
};

/** The page on which the form stood, as it says itself or as the browser does. */
export const pageOf = (values: FormValues, request: HttpRequest): URL | undefined =>
  webPage(single(values, pageField)) ?? webPage(request.headers.referer);

const marksOf = (values: FormValues, page: URL | undefined): [string, string | undefined][] =>
  utmMarks.map((name) => [name, plain(single(values, name) ?? page?.searchParams.get(name), maxMark)]);

/** What is kept beside the fields, as properties of the event: campaign marks, page and referrer. */
export const captured = (form: Form, values: FormValues, request: HttpRequest): Record<string, string> => {
  const page = pageOf(values, request);
  const found: [string, string | undefined][] = [
    ...(form.capture.includes('utm') ? marksOf(values, page) : []),
    ...(form.capture.includes('referrer')
      ? ([
          ['page', bare(page)],
          ['referrer', bare(webPage(single(values, referrerField)))],
        ] as const)
      : []),
  ].map(([name, value]) => [name, value]);
  return Object.fromEntries(found.filter((entry): entry is [string, string] => entry[1] !== undefined));
};

/** The visitor who posts, so that what was seen before belongs to the contact. */
export const visitorIn = (values: FormValues): Identity[] => {
  const value = single(values, visitorField);
  return typeof value === 'string' && !refuseId(value) ? [{ kind: 'anonymousId', value }] : [];
};
