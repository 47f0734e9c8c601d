import type { Client } from '#model/client';
import type { TemplateContent } from '#model/journey';
import { checkSyntax } from '../liquid/render.ts';
import { type TemplateVariables, variablesIn } from '../liquid/variables.ts';
import { markupIn } from './scan.ts';
import type { Spot, Weave } from './weave.ts';

/** One text of a template, put together, with what Liquid finds in it. */
export interface BodyView {
  name: 'subject' | 'preheader' | 'mjml' | 'html' | 'text';
  mode: 'html' | 'text';
  weave: Weave;
  /** As it will be rendered: of MJML the HTML. */
  rendered: string;
  /** Where it can be read. */
  variables?: TemplateVariables;
  /** Where it cannot. */
  broken?: { message: string; hint?: string | undefined; spot: Spot | undefined };
}

/** The template in one language. */
export interface ContentView {
  /** Undefined is how it is written for everybody else. */
  language?: string;
  /** JSON Pointer to its members. */
  path: string;
  content: TemplateContent;
  /** Members that it brings itself; the rest is that of the template. */
  own: ReadonlySet<string>;
  bodies: readonly BodyView[];
  /** Of the HTML as it is sent. */
  bytes?: number;
}

/** What the rules of templates see. */
export interface TemplateView {
  channel: 'email' | 'sms';
  client?: Client | undefined;
  /** Fields that contacts of this client can have, where that is known. */
  contactFields?: ReadonlySet<string> | undefined;
  /** Contacts can have more fields than those. */
  mayHaveOthers?: boolean | undefined;
  /** Variables without which nobody should get it. */
  requires?: readonly string[] | undefined;
  contents: readonly ContentView[];
  /** Pieces of it are missing: that something else is missing too says nothing. */
  isBroken: boolean;
}

interface Failure {
  token?: { begin?: number };
  cause?: Failure;
}
const offsetOf = (error: Failure | undefined): number | undefined =>
  error === undefined ? undefined : (error.token?.begin ?? offsetOf(error.cause));

const failureOf = (mode: BodyView['mode'], text: string): Error | undefined => {
  try {
    checkSyntax(mode, text);
    return undefined;
  } catch (error) {
    return error as Error;
  }
};

/** MJML moves things about, so that a mistake is looked for where it was written. */
const spotOf = (mode: BodyView['mode'], weave: Weave): Spot | undefined => {
  const offset = offsetOf(failureOf(mode, weave.text) as Failure | undefined);
  return weave.spotAt(offset ?? 0);
};

/** What the library says, in words for authors. */
const plain = (message: string): string =>
  message
    .replace(/, line:\d+, col:\d+$/, '')
    .replace(/^undefined filter: (.*)$/, 'there is no filter "$1"')
    .replace(/^tag "(.*)" not found$/, 'there is no tag "$1" in templates');

const hintFor = (message: string): string | undefined =>
  /"(?:include|layout)"/.test(message)
    ? `name a layout in the template ("layout": "main"), and take pieces in by {% render 'NAME' %}`
    : undefined;

export const viewBody = (body: Pick<BodyView, 'name' | 'mode' | 'weave' | 'rendered'>): BodyView => {
  const { mode, weave, rendered } = body;
  try {
    return { ...body, variables: variablesIn(checkSyntax(mode, rendered)) };
  } catch (error) {
    const message = plain((error as Error).message);
    return { ...body, broken: { message, hint: hintFor(message), spot: spotOf(mode, weave) } };
  }
};

const special = /[.*+?^${}()|[\]\\]/g;

/** Where a variable first stands in the Liquid of a body; the beginning when it cannot be found. */
export const spotOfVariable = ({ weave }: BodyView, path: string): Spot | undefined => {
  const name = new RegExp(`(?<![\\w.-])${path.replace(special, '\\$&')}(?![\\w-])`);
  for (const { start, end } of markupIn(weave.text)) {
    const at = name.exec(weave.text.slice(start, end))?.index;
    if (at !== undefined) return weave.spotAt(start + at);
  }
  return weave.spotAt(0);
};
