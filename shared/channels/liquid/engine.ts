import {
  AssignTag,
  BreakTag,
  CaptureTag,
  CaseTag,
  CommentTag,
  Context,
  ContinueTag,
  defaultOperators,
  type Emitter,
  evalToken,
  ForTag,
  IfTag,
  InlineCommentTag,
  Liquid,
  RawTag,
  type Template,
  toValueSync,
  UnlessTag,
} from 'liquidjs';
import { type Budget, bounds, sizeOf, TemplateTooCostly } from './budget.ts';
import { escapeHtml, filtersFor, SafeHtml } from './filters.ts';
import { enterLoop, forgetOrigin, guardOutputs } from './holes.ts';

export type Mode = 'html' | 'text';

class BoundedFor extends ForTag {
  // biome-ignore lint/suspicious/noConfusingVoidType: the library's own signature
  override *render(context: Context, emitter: Emitter): Generator<unknown, void | string, Template[]> {
    context.memoryLimit.use(sizeOf(yield evalToken(this.collection, context)));
    const leave = enterLoop(context, this.variable, this.collection);
    const ended = yield* super.render(context, emitter);
    leave();
    return ended;
  }
}

class BoundedCapture extends CaptureTag {
  override *render(context: Context): Generator<unknown, void, string> {
    yield* super.render(context);
    forgetOrigin(context, this.variable);
    const length = sizeOf((context.bottom() as Record<string, unknown>)[this.variable]);
    context.memoryLimit.use(length);
    if (length > bounds.valueLength) throw new TemplateTooCostly('a captured text is too long');
  }
}

/** No `include`, `render`, `layout`: a template reads nothing but what it is given. */
const tags = {
  assign: AssignTag,
  break: BreakTag,
  capture: BoundedCapture,
  case: CaseTag,
  comment: CommentTag,
  continue: ContinueTag,
  for: BoundedFor,
  if: IfTag,
  raw: RawTag,
  unless: UnlessTag,
  '#': InlineCommentTag,
};

type Operator = (l: unknown, r: unknown, context: Context) => unknown;
const countedOperators = Object.fromEntries(
  Object.entries(defaultOperators as unknown as Record<string, Operator>).map(([name, compare]) => {
    if (name === 'not') return [name, compare];
    const counted: Operator = (l, r, context) => {
      context.memoryLimit.use(1 + sizeOf(l) + sizeOf(r));
      return compare(l, r, context);
    };
    return [name, counted];
  }),
);

/** The last filter of every output. */
const finish =
  (mode: Mode) =>
  (value: unknown): string => {
    if (value instanceof SafeHtml) return value.html;
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      throw new NotText('the template prints an object where text is wanted');
    const text = Array.isArray(value) ? value.join('') : String(value ?? '');
    return mode === 'html' ? escapeHtml(text) : text;
  };

/** A value that cannot stand in a message. */
class NotText extends Error {
  override readonly name = 'NotText';
}

/** Output that stops at its bound instead of at the end of memory. */
class BoundedOutput implements Emitter {
  buffer = '';
  write(piece: unknown): void {
    this.buffer += String(piece ?? '');
    if (this.buffer.length > bounds.outputLength)
      throw new TemplateTooCostly(`the message is longer than ${bounds.outputLength} characters`);
  }
}

const createEngine = (mode: Mode): Liquid => {
  const liquid = new Liquid({
    strictVariables: true,
    strictFilters: true,
    lenientIf: true,
    ownPropertyOnly: true,
    cache: false,
    templates: {},
    operators: countedOperators as never,
    outputEscape: finish(mode) as never,
  });
  for (const name of Object.keys(liquid.tags)) delete liquid.tags[name];
  for (const name of Object.keys(liquid.filters)) delete liquid.filters[name];
  for (const [name, tag] of Object.entries(tags)) liquid.registerTag(name, tag);
  for (const [name, filter] of Object.entries(filtersFor(mode))) liquid.registerFilter(name, filter as never);
  return liquid;
};

const engines: Readonly<Record<Mode, Liquid>> = {
  html: createEngine('html'),
  text: createEngine('text'),
};

/** Throws liquidjs's own errors, and `TemplateTooCostly`. */
export const parse = (mode: Mode, source: string): Template[] => {
  if (source.length > bounds.sourceLength)
    throw new TemplateTooCostly(`the template is longer than ${bounds.sourceLength} characters`);
  if ((source.match(/\{[{%]/g)?.length ?? 0) > bounds.tags)
    throw new TemplateTooCostly(`the template has more than ${bounds.tags} tags`);
  const templates = engines[mode].parse(source);
  guardOutputs(templates, engines[mode]);
  return templates;
};

export const run = (
  mode: Mode,
  templates: Template[],
  variables: object,
  budget: Budget,
  moment: { now: number; zone: string },
): string => {
  const liquid = engines[mode];
  const limits = { memoryLimit: budget as never, renderLimit: budget as never, liquid };
  const context = new Context(variables, liquid.options, { sync: true }, limits);
  context.setRegister('now', moment.now);
  context.setRegister('zone', moment.zone);
  const output = new BoundedOutput();
  toValueSync(liquid.renderer.renderTemplates(templates, context, output));
  return output.buffer;
};
