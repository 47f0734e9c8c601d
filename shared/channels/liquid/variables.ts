import {
  analyzeSync,
  CaptureTag,
  CaseTag,
  ForTag,
  IfTag,
  Output,
  type Template,
  UnlessTag,
  type Value,
} from 'liquidjs';
import { childrenOf, roots } from './missing.ts';
import { argumentOf, assignmentIn, isComparison, isDefault, joins, pathOf, rootOf } from './origin.ts';

export interface TemplateVariables {
  /** Every path, such as `contact.firstName`, sorted. */
  all: string[];
  /** Printed with no `default` and outside of any condition: without them the message is skipped. */
  required: string[];
  /** Of those, what is only the default of another: it and that other. */
  fallbacks: Readonly<Record<string, string>>;
  /** Names that no template is given: slips of the author. */
  unknown: string[];
}

const sorted = (paths: Iterable<string>): string[] => [...new Set(paths)].sort();

const isConditional = (template: Template): boolean =>
  template instanceof IfTag || template instanceof UnlessTag || template instanceof CaseTag;

/** The variables behind each name that was assigned so far. */
type Sources = Map<string, readonly string[]>;

const pathsOf = (token: unknown, sources: Sources): readonly string[] => {
  const path = pathOf(token);
  if (path === undefined) return [];
  return sources.get(rootOf(path)) ?? (roots.has(rootOf(path)) ? [path] : []);
};

/** What a value cannot do without: a default takes the place of all before it. */
const behind = ({ initial, filters }: Value, sources: Sources): readonly string[] =>
  filters.reduce<readonly string[]>(
    (before, filter) => [
      ...(isDefault(filter) ? [] : before),
      ...(isDefault(filter) || joins(filter) ? pathsOf(argumentOf(filter), sources) : []),
    ],
    pathsOf(initial.postfix[0], sources),
  );

/** Where only some come by, a name says no more than what it said before. */
const assignedPerhaps = (templates: readonly Template[], sources: Sources): void => {
  const after: Sources = new Map(sources);
  required(templates, after);
  for (const [name, paths] of after)
    if (paths.join() !== (sources.get(name) ?? []).join()) sources.set(name, []);
};

const requiredBy = (template: Template, sources: Sources): readonly string[] => {
  if (template instanceof Output) return behind(template.value, sources);
  const assignment = assignmentIn(template);
  if (assignment) {
    const { name, value } = assignment;
    sources.set(name, isComparison(value) ? [] : behind(value, sources));
    return [];
  }
  if (isConditional(template)) {
    for (const child of childrenOf(template)) assignedPerhaps([child], sources);
    return [];
  }
  if (!(template instanceof ForTag)) {
    const found = required(childrenOf(template), sources);
    if (template instanceof CaptureTag) sources.set(template.variable, []);
    return found;
  }
  const outside = sources.get(template.variable);
  sources.set(template.variable, []);
  const found = required(childrenOf(template), sources);
  sources.delete(template.variable);
  if (outside) sources.set(template.variable, outside);
  return found;
};

const required = (templates: readonly Template[], sources: Sources): string[] =>
  templates.flatMap((template) => requiredBy(template, sources));

const valuesIn = (templates: readonly Template[]): Value[] =>
  templates.flatMap((template) => {
    const value = template instanceof Output ? template.value : assignmentIn(template)?.value;
    return [...(value ? [value] : []), ...valuesIn(childrenOf(template))];
  });

const fallbacksIn = (templates: readonly Template[]): Record<string, string> => {
  const values = valuesIn(templates);
  const first = new Set(values.map(({ initial }) => pathOf(initial.postfix[0])));
  const pairs = values.flatMap(({ initial, filters }) =>
    filters.filter(isDefault).flatMap((filter) => {
      const [of, path] = [pathOf(initial.postfix[0]), pathOf(argumentOf(filter))];
      return of === undefined || path === undefined || first.has(path) ? [] : [[path, of] as const];
    }),
  );
  return Object.fromEntries(pairs);
};

export const variablesIn = (templates: Template[]): TemplateVariables => {
  const paths = Object.values(analyzeSync(templates).globals).flat().map(String);
  const isKnown = (path: string): boolean => roots.has(/^[^.[]*/.exec(path)?.[0] ?? '');
  return {
    all: sorted(paths.filter(isKnown)),
    required: sorted(required(templates, new Map())),
    fallbacks: fallbacksIn(templates),
    unknown: sorted(paths.filter((path) => !isKnown(path))),
  };
};
