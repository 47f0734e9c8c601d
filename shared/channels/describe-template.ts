import type { CompiledTemplate, TemplateContent } from '#model/journey';
import { checkSyntax } from './liquid/render.ts';
import { type TemplateVariables, variablesIn } from './liquid/variables.ts';

/** What the checks of a journey ask of a template. */
export interface TemplateDescription {
  channel: CompiledTemplate['channel'];
  topic?: string;
  /** Every path that some part names, such as `contact.firstName`. */
  variables: string[];
  /** Those without which the message is skipped. */
  required: string[];
  /** The author placed the unsubscribe link, in each language; else marketing mail gets a plain footer. */
  hasUnsubscribe: boolean;
}

const unique = (lists: readonly string[][]): string[] => [...new Set(lists.flat())].sort();

const contentsOf = (template: CompiledTemplate): TemplateContent[] => [
  template,
  ...Object.values(template.languages ?? {}),
];

const partsOf = (content: TemplateContent): TemplateVariables[] =>
  (['subject', 'preheader', 'text', 'html'] as const)
    .flatMap((name) => content[name] ?? [])
    .map((source) => variablesIn(checkSyntax('text', source)));

/** Of all its languages together. */
export const describeTemplate = (template: CompiledTemplate): TemplateDescription => {
  const contents = contentsOf(template).map(partsOf);
  const parts = contents.flat();
  return {
    channel: template.channel,
    ...(template.topic === undefined ? {} : { topic: template.topic }),
    variables: unique(parts.map((part) => part.all)),
    required: unique(parts.map((part) => part.required)),
    hasUnsubscribe: contents.every((each) => each.some(({ all }) => all.includes('links.unsubscribe'))),
  };
};
