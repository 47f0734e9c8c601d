import { checkSyntax } from '#channels/liquid/render';
import { variablesIn } from '#channels/liquid/variables';
import type { CompiledTemplate } from '#model/journey';

/** What the documents of a ready journey name, read off them without knowing the language. */

export type Part = Readonly<Record<string, unknown>>;

/** Every object in a document, however deep. */
export const partsOf = (value: unknown): Part[] =>
  typeof value === 'object' && value !== null
    ? [value as Part, ...Object.values(value).flatMap(partsOf)]
    : [];

export const namedBy = (parts: readonly Part[], member: string): string[] =>
  parts.flatMap((part) => (typeof part[member] === 'string' ? [part[member]] : []));

/** Liquid variables of templates, and of texts that stand in steps. */
export const variablesOf = (templates: readonly CompiledTemplate[], parts: readonly Part[]): string[] =>
  [
    ...templates.flatMap(({ subject = '', preheader = '', html = '', text = '' }) => [
      subject,
      preheader,
      html,
      text,
    ]),
    ...['text', 'title', 'script', 'subject', 'body', 'link'].flatMap((member) => namedBy(parts, member)),
  ].flatMap((source) => variablesIn(checkSyntax('text', source)).all);

const fieldForm = /^(?:contact|trigger\.properties|properties)\.(.+)$/;
const fieldsIn = (paths: readonly string[]): string[] =>
  paths.flatMap((path) => fieldForm.exec(path)?.[1] ?? []);

/** What somebody must send: events, forms, and the fields of both and of the contact. */
export const heardBy = (parts: readonly Part[], variables: readonly string[]): string[] => {
  const listening = parts.filter(({ type }) => type !== 'emit');
  return [
    ...['event', 'did', 'form', 'contact'].flatMap((member) => namedBy(listening, member)),
    ...fieldsIn(['trigger', 'date', 'value'].flatMap((member) => namedBy(listening, member))),
    ...fieldsIn(variables),
  ];
};
