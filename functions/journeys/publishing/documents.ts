import * as z from 'zod';
import { noParts, type Parts } from '#channels/compile/parts/parts';
import { checkPart } from '#channels/compile-part';
import { issuesOf } from '#http/zod-issues';
import { hasErrors, type Issue } from '#kernel/issue';
import type { Client } from '#model/client';
import { contactMembers } from '#model/field';
import { askingOf, formSchema } from '#model/form';
import { segmentSchema } from '#model/segment';
import type { References } from '#statemachines/checks/check';
import { checkSegment } from '#statemachines/checks/check-condition';
import { find } from '#statemachines/checks/references';
import type { StoredTemplate } from '#store/catalogue/stored-template';
import type { DocumentKind } from '#store/keys';
import { storedTemplate } from './parts.ts';

/** A document as the catalogue keeps it, or the reasons why it cannot be. */
export interface CheckedDocument {
  stored?: unknown;
  issues: Issue[];
}

/** What a document may name. */
export interface Surroundings {
  references?: References;
  /** Those that it is itself among, where it is one. */
  parts?: Parts;
}

type Check = (
  id: string,
  source: unknown,
  client: Client | undefined,
  surroundings: Required<Surroundings>,
) => CheckedDocument | Promise<CheckedDocument>;

/** Where there is no form, any event may bring what nobody named. */
export const fieldsOf = ({ contactFields }: References) => ({
  contactFields: new Set([...contactMembers, ...(contactFields ?? [])]),
  mayHaveOthers: contactFields === undefined,
});

const checkTemplate: Check = (id, source, client, { references, parts }) =>
  storedTemplate(id, source, client, { parts, ...fieldsOf(references) });

const checkPartOf =
  (kind: 'layout' | 'partial'): Check =>
  async (id, source, client, { parts }) => {
    const issues = await checkPart(kind, id, source, { client, parts });
    return hasErrors(issues) ? { issues } : { stored: source, issues };
  };

/** The mail that asks for the click must lead to it, and carry nothing that a stranger typed. */
const checkForm: Check = (_id, source, _client, { references }) => {
  const parsed = formSchema.safeParse(source);
  if (!parsed.success) return { issues: issuesOf(parsed.error, formSchema) };
  const name = askingOf(parsed.data)?.template;
  const issues = name === undefined ? [] : checkQuestion(name, references.templates);
  return hasErrors(issues) ? { issues } : { stored: parsed.data, issues };
};

const checkQuestion = (name: string, templates: References['templates']): Issue[] => {
  if (templates === undefined) return [];
  const error = (code: string, message: string): Issue[] => [
    { code, severity: 'error', path: '/doubleOptIn/template', message },
  ];
  const facts = find(templates, name);
  if (facts?.channel !== 'email') return error('unknown-template', `there is no e-mail template "${name}"`);
  if (!facts.variables?.includes('links.confirm'))
    return error('no-confirm-link', `template "${name}" does not print {{ links.confirm }}`);
  const typed = (facts.variables ?? []).filter((variable) => /^(?:contact|trigger)\b/.test(variable));
  if (typed.length === 0) return [];
  const message = `template "${name}" prints ${typed.join(', ')}, which anybody may type for anybody's address; use brand.*, links.* and data.text`;
  return error('strangers-words', message);
};

/** The condition is told in its author's words, and beside the segments that it names. */
const checkSegmentDocument: Check = (id, source, _client, { references }) => {
  const shape = z.looseObject({ if: z.unknown() }).safeParse(source);
  const told =
    shape.success && shape.data.if !== undefined ? checkSegment(id, shape.data.if, references) : [];
  const parsed = segmentSchema.safeParse(source);
  const others = parsed.success ? [] : issuesOf(parsed.error).filter(({ path }) => !isWithin(path, '/if'));
  const issues = [...(told.length > 0 || parsed.success ? others : issuesOf(parsed.error)), ...told];
  return parsed.success && !hasErrors(issues) ? { stored: parsed.data, issues } : { issues };
};

const isWithin = (path: string, outer: string): boolean => path === outer || path.startsWith(`${outer}/`);

const checks: Record<DocumentKind, Check> = {
  template: checkTemplate,
  layout: checkPartOf('layout'),
  partial: checkPartOf('partial'),
  form: checkForm,
  segment: checkSegmentDocument,
};

/** Templates are compiled here, once, so that publishing and sending need no MJML. */
export const checkStored = async (
  kind: DocumentKind,
  id: string,
  source: unknown,
  client: Client | undefined,
  { references = {}, parts = noParts }: Surroundings = {},
): Promise<CheckedDocument> => checks[kind](id, source, client, { references, parts });

/** What was uploaded, for who reads it back. */
export const sourceOf = (kind: DocumentKind, stored: unknown): unknown =>
  kind === 'template' ? (stored as StoredTemplate).source : stored;
