import { type Template, toValueSync } from 'liquidjs';

/** What a template may name. Everything else is an author's slip. */
export const roots: ReadonlySet<string> = new Set([
  'contact',
  'trigger',
  'results',
  'data',
  'journey',
  'brand',
  'links',
]);

/** A variable without value and without `default`: the message must not go out with a hole in it. */
export class MissingVariable extends Error {
  override readonly name = 'MissingVariable';
  readonly variable: string;
  constructor(variable: string) {
    super(`"${variable}" has no value and the template gives no default`);
    this.variable = variable;
  }
}

export const childrenOf = (template: Template): Template[] => {
  const { children } = template as {
    children?: (partials: boolean, sync: boolean) => Generator<unknown, Template[]>;
  };
  return children ? toValueSync(children.call(template, false, true)) : [];
};
