import { bounds } from '../../liquid/budget.ts';
import type { Finding } from '../finding.ts';
import { markupIn } from '../scan.ts';
import { type Source, type Spot, Weave } from '../weave.ts';
import { type Block, blocksOf, content, insideOf, type Pair, pairsIn } from './blocks.ts';
import { hintOf, unknownPart } from './hints.ts';
import { type Argument, type MacroTag, macroTags, type RenderCall, readCall } from './macro-tags.ts';
import { isNeeded, namesAskedBy, withValues } from './names.ts';
import { type BodyForm, layoutSource, type Parts, partialSource } from './parts.ts';
import { behind, type Complain, type Range, spotOf, whole, withoutLastLine } from './ranges.ts';

/** Partials within partials. */
const deepest = 8;
const mostCalls = 500;

export interface Expanded {
  weave: Weave;
  findings: Finding[];
  /** `layouts/ID` and `partials/ID` that it took in. */
  used: Set<string>;
}

/** A text that is being written, and what its tags mean there. */
interface Scene {
  source: Source;
  /** Of the partial that this is. */
  values?: ReadonlyMap<string, Argument>;
  /** Partials that this stands in. */
  within: readonly string[];
  /** Of a layout: its blocks, and what the template says for them. */
  frame?: { pairs: readonly Pair[]; said: ReadonlyMap<string, Block>; inner: Scene };
}

export interface Surroundings {
  parts: Parts;
  language?: string | undefined;
  layout?: string | undefined;
}

/** The body of a template with its layout around it and its partials in it. */
export const expand = (body: Source, form: BodyForm, { layout, ...around }: Surroundings): Expanded =>
  new Expansion(form, around).run(body, layout);

class Expansion implements Expanded {
  readonly weave = new Weave();
  readonly findings: Finding[] = [];
  readonly used = new Set<string>();
  readonly #form: BodyForm;
  readonly #parts: Parts;
  readonly #language: string | undefined;
  #calls = 0;

  constructor(form: BodyForm, { parts, language }: Omit<Surroundings, 'layout'>) {
    this.#form = form;
    this.#parts = parts;
    this.#language = language;
  }

  run(body: Source, layout: string | undefined): Expanded {
    const scene: Scene = { source: body, within: [] };
    const around = layout === undefined ? undefined : this.#findLayout(layout);
    if (around) this.#putInto(around, layout ?? '', scene);
    // A text may stand by itself; a body in MJML or HTML is only a piece.
    else if (layout === undefined || this.#form === 'text') this.#write(scene, whole(body));
    return this;
  }

  readonly #complain: Complain = (code, spot, message, hint) => {
    this.findings.push({ code, severity: 'error', spot, message, hint });
  };

  #findLayout(id: string): Source | undefined {
    this.used.add(`layouts/${id}`);
    const { layouts } = this.#parts;
    const found = layoutSource(this.#parts, id, this.#form, this.#language);
    if (found || (this.#form === 'text' && layouts.has(id))) return found;
    const message = `layout "${id}" has no \`${this.#form}\`, which this template is written in`;
    const told = layouts.has(id) ? { message } : unknownPart('layout', id, layouts);
    this.findings.push({ code: 'unknown-layout', severity: 'error', path: '/layout', ...told });
    return undefined;
  }

  #putInto(source: Source, id: string, inner: Scene): void {
    const said = blocksOf(inner.source, this.#complain);
    const pairs = pairsIn(source, this.#complain);
    const names = pairs.map(({ name }) => name);
    this.#write({ source, within: [], frame: { pairs, said, inner } }, whole(source));
    if (!names.includes(content))
      this.#complain(
        'invalid-block',
        { source, offset: 0 },
        `layout "${id}" has no place for the body`,
        'write {% block content %}{% endblock %} where the body goes',
      );
    for (const [name, { spot }] of said)
      if (name !== content && !names.includes(name))
        this.#complain('invalid-block', spot, `layout "${id}" has no block "${name}"`, hintOf(name, names));
  }

  #write(scene: Scene, { from, to }: Range): void {
    let at = from;
    for (const tag of macroTags(scene.source.text, from, to)) {
      if (tag.start < at) continue;
      this.#copy(scene, { from: at, to: tag.start });
      const pair = scene.frame?.pairs.find(({ open }) => open.start === tag.start);
      if (tag.trimsBefore && (pair || tag.name === 'render')) this.weave.trimEnd();
      if (tag.name === 'render') this.#render(scene, tag);
      else if (pair) this.#fill(scene, pair);
      else if (!scene.frame) this.#strayBlock(scene, tag);
      at = behind(scene.source.text, pair?.close ?? tag);
    }
    this.#copy(scene, { from: at, to });
  }

  #strayBlock({ source }: Scene, tag: MacroTag): void {
    const message = `{% ${tag.name} %} stands where no layout is`;
    this.#complain('invalid-block', spotOf(source, tag), message, 'name one: "layout": "main"');
  }

  #fill(scene: Scene, pair: Pair): void {
    const said = scene.frame?.said.get(pair.name);
    const { frame, ...plain } = scene;
    if (!said || !frame) this.#write(plain, insideOf(scene.source, pair));
    else for (const range of said.ranges) this.#write(frame.inner, range);
  }

  #render(scene: Scene, tag: MacroTag): void {
    const spot = spotOf(scene.source, tag);
    const call = readCall(scene.values ? withValues(tag.rest, scene.values, false) : tag.rest);
    const source = call && this.#findPartial(call.id, spot);
    if (!call)
      this.#complain(
        'invalid-render',
        spot,
        '{% render %} is not written so that it can be read',
        "write {% render 'signature' %}, or {% render 'button', text: 'Go', link: links.trial %}",
      );
    else if (source && this.#mayGoOn(scene, call.id, spot)) {
      const values = this.#valuesOf(call, source, spot);
      this.#write({ source, values, within: [...scene.within, call.id] }, withoutLastLine(source));
    }
  }

  #mayGoOn({ within }: Scene, id: string, spot: Spot): boolean {
    const isCircle = within.includes(id) || within.length >= deepest;
    const circle = `partial "${id}" takes itself in: ${[...within, id].join(' → ')}`;
    if (isCircle) this.#complain('invalid-render', spot, circle);
    this.#calls++;
    const isLong = this.#calls > mostCalls || this.weave.text.length > bounds.sourceLength;
    if (isLong && this.#calls <= mostCalls + 1)
      this.#complain('invalid-render', spot, 'the partials make the message too long');
    return !isCircle && !isLong;
  }

  #findPartial(id: string, spot: Spot): Source | undefined {
    this.used.add(`partials/${id}`);
    const { partials } = this.#parts;
    const found = partialSource(this.#parts, id, this.#form, this.#language);
    if (found) return found;
    const message = `partial "${id}" has no \`${this.#form}\`, and stands in one here`;
    const hint = `give it one: "${this.#form}", or "text" for all bodies`;
    const told = partials.has(id) ? { message, hint } : unknownPart('partial', id, partials);
    this.#complain('unknown-partial', spot, told.message, told.hint);
    return undefined;
  }

  /** What is not given and not needed is nothing, so that `default` and `if` work. */
  #valuesOf({ id, values }: RenderCall, { text }: Source, spot: Spot): Map<string, Argument> {
    const asked = namesAskedBy(text);
    const missing = asked.filter((name) => !values.has(name));
    const wrong = (message: string, hint?: string): void =>
      this.#complain('invalid-render', spot, message, hint);
    for (const name of values.keys())
      if (!asked.includes(name)) wrong(`partial "${id}" has no use for "${name}"`, hintOf(name, asked));
    for (const name of missing.filter((each) => isNeeded(text, each)))
      wrong(`partial "${id}" needs "${name}"`, `write {% render '${id}', ${name}: … %}`);
    return new Map([...values, ...missing.map((name) => [name, { code: 'nil' }] as const)]);
  }

  #copy({ source, values }: Scene, { from, to }: Range): void {
    let at = from;
    for (const { start, end } of values?.size ? markupIn(source.text) : []) {
      if (start < at || end > to) continue;
      this.weave.copy(source, at, start);
      const changed = withValues(source.text.slice(start, end), values!, this.#form !== 'text');
      this.weave.write(changed, { source, offset: start });
      at = end;
    }
    this.weave.copy(source, at, to);
  }
}
