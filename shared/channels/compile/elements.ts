import { withoutComments } from './scan.ts';
import type { BodyView } from './view.ts';
import type { Spot } from './weave.ts';

/** An element of a body as its author wrote it. */
export interface Element {
  /** In lower case: `a`, `mj-button`. */
  name: string;
  spot: Spot | undefined;
  attributes: ReadonlyMap<string, Attribute>;
}

interface Attribute {
  value: string;
  spot: Spot | undefined;
}

const attribute =
  /\s+(?:\{%[^%]{0,500}%\}\s*)*([^\s"'<>/={]+)(?:\s*=\s*(?:"([^"]{0,8000})"|'([^']{0,8000})'|([^\s"'=<>`]{1,8000})))?/y;
const tag = /<(a|area|img|mj-[a-z-]+)(?=[\s/>])/gi;

/** Links, images and MJML elements; scans forward only. */
export const elementsOf = ({ weave }: BodyView): Element[] => {
  const text = withoutComments(weave.text);
  return [...text.matchAll(tag)].map(({ 0: head, 1: name = '', index }) => {
    const attributes = new Map<string, Attribute>();
    attribute.lastIndex = index + head.length;
    for (let found = attribute.exec(text); found; found = attribute.exec(text)) {
      const value = found[2] ?? found[3] ?? found[4] ?? '';
      const at = found.index + found[0].length - value.length - (found[4] === undefined ? 1 : 0);
      const spot = weave.spotAt(value === '' ? found.index : at);
      attributes.set((found[1] ?? '').toLowerCase(), { value, spot });
    }
    return { name: name.toLowerCase(), spot: weave.spotAt(index), attributes };
  });
};

/** Where a reader, or the mail program, is sent: by an element, or in a text without HTML. */
export interface Address {
  value: string;
  spot: Spot | undefined;
  isImage: boolean;
}

const links = new Set([
  'a',
  'area',
  'mj-button',
  'mj-image',
  'mj-navbar-link',
  'mj-social-element',
  'mj-carousel-image',
]);
const images = new Set(['img', 'mj-image', 'mj-carousel-image', 'mj-social-element']);

const addressesIn = (elements: readonly Element[]): Address[] =>
  elements.flatMap(({ name, attributes }) => [
    ...(links.has(name) ? told(attributes.get('href'), false) : []),
    ...(images.has(name) ? told(attributes.get('src'), true) : []),
  ]);
const told = (found: Attribute | undefined, isImage: boolean): Address[] =>
  found ? [{ ...found, isImage }] : [];

const plainAddress = /https?:\/\/(?:\{\{[^}]{0,500}\}\}|[^\s<>"{])*/g;

/** @param hasHtml links of the text beside it are for reading only */
export const addressesOf = (body: BodyView, hasHtml: boolean): Address[] => {
  if (body.name === 'mjml' || body.name === 'html') return addressesIn(elementsOf(body));
  if (hasHtml || body.name !== 'text') return [];
  return [...body.weave.text.matchAll(plainAddress)].map(({ 0: value, index }) => ({
    ...{ value, isImage: false },
    spot: body.weave.spotAt(index),
  }));
};

export const isImage = ({ name }: Element): boolean => name === 'img' || name === 'mj-image';
