import { analyzeSync, CaseTag, IfTag, Output, type Template, UnlessTag } from 'liquidjs';
import { childrenOf, mayBeBlank, pathIn, roots } from './missing.ts';

export interface TemplateVariables {
  /** Every path, such as `contact.firstName`, sorted. */
  all: string[];
  /** Printed with no `default` and outside of any condition: without them the message is skipped. */
  required: string[];
  /** Names that no template is given: slips of the author. */
  unknown: string[];
}

const sorted = (paths: Iterable<string>): string[] => [...new Set(paths)].sort();

const isConditional = (template: Template): boolean =>
  template instanceof IfTag || template instanceof UnlessTag || template instanceof CaseTag;

const required = (templates: readonly Template[]): string[] =>
  templates.flatMap((template) => {
    if (isConditional(template)) return [];
    if (!(template instanceof Output)) return required(childrenOf(template));
    const path = pathIn(template);
    return mayBeBlank(template, path) ? [] : [path];
  });

export const variablesIn = (templates: Template[]): TemplateVariables => {
  const paths = Object.values(analyzeSync(templates).globals).flat().map(String);
  const isKnown = (path: string): boolean => roots.has(/^[^.[]*/.exec(path)?.[0] ?? '');
  return {
    all: sorted(paths.filter(isKnown)),
    required: sorted(required(templates)),
    unknown: sorted(paths.filter((path) => !isKnown(path))),
  };
};
