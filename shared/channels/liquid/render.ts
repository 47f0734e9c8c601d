import { LiquidError, type Template } from 'liquidjs';
import { Budget, TemplateTooCostly } from './budget.ts';
import { RecentCache } from './cache.ts';
import { type Mode, parse, run } from './engine.ts';
import { MissingVariable } from './missing.ts';

export { MissingVariable, TemplateTooCostly };

/** A template that cannot be rendered; the message is for its author. */
export class TemplateBroken extends Error {
  override readonly name = 'TemplateBroken';
}

const caches: Record<Mode, RecentCache<Template[]>> = {
  html: new RecentCache(300, 20_000_000),
  text: new RecentCache(1_000, 5_000_000),
};

/** The reason below liquidjs's wrapping, which adds lines of the template. */
const rootOf = (error: unknown): unknown =>
  LiquidError.is(error) && error.originalError instanceof Error ? rootOf(error.originalError) : error;

const translate = (error: unknown): Error => {
  const root = rootOf(error);
  if (root instanceof MissingVariable || root instanceof TemplateTooCostly) return root;
  if (root instanceof Error && 'variableName' in root) return new MissingVariable(String(root.variableName));
  if (root instanceof RangeError)
    return new TemplateTooCostly('the template is nested too deeply or grows too long');
  return new TemplateBroken(root instanceof Error ? root.message : 'the template failed', { cause: error });
};

export type Renderer = (mode: Mode, source: string) => string;

/**
 * One renderer per message: all its parts share the variables and the budget.
 * Throws `MissingVariable`, `TemplateTooCostly` or `TemplateBroken`, nothing else.
 */
export const createRenderer = (
  variables: Readonly<Record<string, unknown>>,
  moment: { now: number; zone: string },
): Renderer => {
  const budget = new Budget();
  const scope = Object.assign(Object.create(null), variables) as object;
  return (mode, source) => {
    if (!source.includes('{')) return source;
    try {
      const templates = caches[mode].get(source, () => parse(mode, source));
      return run(mode, templates, scope, budget, moment);
    } catch (error) {
      throw translate(error);
    }
  };
};

/** Throws as `createRenderer` does when the text is not good Liquid. */
export const checkSyntax = (mode: Mode, source: string): Template[] => {
  try {
    return parse(mode, source);
  } catch (error) {
    throw translate(error);
  }
};
