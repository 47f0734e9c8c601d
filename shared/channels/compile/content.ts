import type { TemplateContent } from '#model/journey';
import type { EmailSource } from '#model/template';
import type { Finding } from './finding.ts';
import { htmlOfMjml, inLanguage } from './mjml.ts';
import { expand } from './parts/expand.ts';
import type { BodyForm, Parts } from './parts/parts.ts';
import { textOfHtml } from './plain-text.ts';
import { type BodyView, type ContentView, viewBody } from './view.ts';
import type { Weave } from './weave.ts';

/** Members of one language of a template, as they were written, with where each stands. */
export interface Words {
  /** Undefined is how it is written for everybody else. */
  language?: string | undefined;
  /** Which of a layout's languages goes with it. */
  speaks: string | undefined;
  path: string;
  members: ReadonlyMap<string, { text: unknown; path: string }>;
  own: ReadonlySet<string>;
}

const names = ['subject', 'preheader', 'mjml', 'html', 'text'] as const;
type Variant = Partial<Record<(typeof names)[number], unknown>>;

const membersOf = (variant: Variant, path: string): [string, { text: unknown; path: string }][] =>
  names.flatMap((name) =>
    variant[name] === undefined ? [] : [[name, { text: variant[name], path: `${path}/${name}` }] as const],
  ) as [string, { text: unknown; path: string }][];

/** A body of its own goes with no body of another language. */
const inherited = (variant: Variant): ((name: string) => boolean) => {
  const hasHtml = variant.mjml !== undefined || variant.html !== undefined;
  const hasBody = hasHtml || variant.text !== undefined;
  return (name) => !['mjml', 'html', 'text'].includes(name) || !hasBody;
};

/** The template itself, then its languages. */
export const wordsOf = (
  source: Variant & { language?: string | undefined; languages?: Record<string, Variant> | undefined },
  fallback: string | undefined,
): Words[] => {
  const { languages = {}, language } = source;
  const first = membersOf(source, '');
  const speaks = language ?? fallback;
  const own = new Set(first.map(([name]) => name));
  return [
    { ...(language && { language }), speaks, path: '', members: new Map(first), own },
    ...Object.entries(languages).map(([tag, variant]): Words => {
      const path = `/languages/${tag}`;
      const mine = membersOf(variant, path);
      const kept = first.filter(([name]) => inherited(variant)(name));
      const members = new Map([...kept, ...mine]);
      return { language: tag, speaks: tag, path, members, own: new Set(mine.map(([name]) => name)) };
    }),
  ];
};

export interface Made {
  view: ContentView;
  findings: Finding[];
  used: string[];
}

/** Puts one language of a template together. */
export const makeContent = async (
  words: Words,
  { parts, layout }: { parts: Parts; layout?: EmailSource['layout'] },
): Promise<Made> => {
  const bench = new Bench(words, parts, layout);
  const subject = bench.put('subject', 'text', false);
  const preheader = bench.put('preheader', 'text', false);
  const html = await bench.html();
  const text = bench.put('text', 'text', true);
  const plain = text ?? (html === undefined ? undefined : textOfHtml(html));
  const content: TemplateContent = {
    ...(subject === undefined ? {} : { subject }),
    ...(preheader === undefined ? {} : { preheader }),
    ...(html === undefined ? {} : { html }),
    ...(plain === undefined ? {} : { text: plain }),
  };
  const { path, own, language } = words;
  const view = { path, own, content, bodies: bench.bodies, ...(language && { language }) };
  return { view, findings: bench.findings, used: [...bench.used] };
};

class Bench {
  readonly bodies: BodyView[] = [];
  readonly findings: Finding[] = [];
  readonly used = new Set<string>();
  readonly #words: Words;
  readonly #parts: Parts;
  readonly #layout: string | undefined;

  constructor(words: Words, parts: Parts, layout: string | undefined) {
    this.#words = words;
    this.#parts = parts;
    this.#layout = layout;
  }

  put(name: BodyView['name'], form: BodyForm, hasLayout: boolean): string | undefined {
    const weave = this.#weave(name, form, hasLayout);
    if (!weave) return undefined;
    const mode = form === 'text' ? 'text' : 'html';
    this.bodies.push(viewBody({ name, mode, weave, rendered: weave.text }));
    return weave.text;
  }

  async html(): Promise<string | undefined> {
    const weave = this.#weave('mjml', 'mjml', true);
    if (!weave) return this.put('html', 'html', true);
    const { html, findings } = await htmlOfMjml(weave);
    this.findings.push(...findings);
    // What MJML made of something broken would only repeat it.
    if (findings.length > 0) {
      this.bodies.push(viewBody({ name: 'mjml', mode: 'html', weave, rendered: weave.text }));
      return html;
    }
    const { language } = this.#words;
    const rendered = language === undefined ? html : inLanguage(html, language);
    this.bodies.push(viewBody({ name: 'mjml', mode: 'html', weave, rendered }));
    return rendered;
  }

  #weave(name: BodyView['name'], form: BodyForm, hasLayout: boolean): Weave | undefined {
    const found = this.#words.members.get(name);
    if (!found) return undefined;
    if (typeof found.text !== 'string') {
      this.findings.push(fileNotHere(found.path));
      return undefined;
    }
    const { weave, findings, used } = expand({ document: '', path: found.path, text: found.text }, form, {
      ...{ parts: this.#parts, language: this.#words.speaks },
      layout: hasLayout ? this.#layout : undefined,
    });
    this.findings.push(...findings);
    for (const part of used) this.used.add(part);
    if (findings.length === 0) return weave;
    // All that is wrong with it is told at once.
    const mode = form === 'text' ? 'text' : 'html';
    this.bodies.push(viewBody({ name, mode, weave, rendered: weave.text }));
    return undefined;
  }
}

/** A file that nobody put in place. */
const fileNotHere = (path: string): Finding => ({
  code: 'file-not-here',
  severity: 'error',
  path,
  message: 'a file beside the document can be named only in a client folder',
  hint: 'send the text itself',
});
