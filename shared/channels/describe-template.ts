import type { CompiledTemplate } from '#model/journey';
import { checkSyntax } from './liquid/render.ts';
import { variablesIn } from './liquid/variables.ts';

/** What the checks of a journey ask of a template. */
export interface TemplateDescription {
  channel: CompiledTemplate['channel'];
  topic?: string;
  /** Every path that some part names, such as `contact.firstName`. */
  variables: string[];
  /** Those without which the message is skipped. */
  required: string[];
  /** The author placed the unsubscribe link; else marketing mail gets a plain footer. */
  hasUnsubscribe: boolean;
}

const unique = (lists: readonly string[][]): string[] => [...new Set(lists.flat())].sort();

export const describeTemplate = (template: CompiledTemplate): TemplateDescription => {
  const parts = (['subject', 'preheader', 'text', 'html'] as const)
    .flatMap((name) => template[name] ?? [])
    .map((source) => variablesIn(checkSyntax('text', source)));
  const variables = unique(parts.map((part) => part.all));
  return {
    channel: template.channel,
    ...(template.topic === undefined ? {} : { topic: template.topic }),
    variables,
    required: unique(parts.map((part) => part.required)),
    hasUnsubscribe: variables.includes('links.unsubscribe'),
  };
};
