import { z } from 'zod';
import { compileTemplate } from '#channels/compile-template';
import { issuesOf } from '#http/zod-issues';
import { hasErrors, type Issue } from '#kernel/issue';
import type { Client } from '#model/client';
import { formSchema } from '#model/form';
import { segmentSchema } from '#model/segment';
import type { TemplateSource } from '#model/template';
import type { References } from '#statemachines/checks/check';
import { checkSegment } from '#statemachines/checks/check-condition';
import type { DocumentKind } from '#store/keys';
import type { StoredTemplate } from './stored-template.ts';

/** A document as the catalogue keeps it, or the reasons why it cannot be. */
export interface CheckedDocument {
  stored?: unknown;
  issues: Issue[];
}

type Check = (
  id: string,
  source: unknown,
  client: Client | undefined,
  references: References,
) => CheckedDocument | Promise<CheckedDocument>;

const byShape =
  (schema: z.ZodType): Check =>
  (_id, source) => {
    const parsed = schema.safeParse(source);
    return parsed.success ? { stored: parsed.data, issues: [] } : { issues: issuesOf(parsed.error) };
  };

const checkTemplate: Check = async (id, source, client) => {
  const { template, issues } = await compileTemplate(id, source, client);
  if (!template || hasErrors(issues)) return { issues };
  const stored: StoredTemplate = { source: source as TemplateSource, compiled: template };
  return { stored, issues };
};

/** The condition is told in its author's words, and beside the segments that it names. */
const checkSegmentDocument: Check = (id, source, _client, references) => {
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
  form: byShape(formSchema),
  segment: checkSegmentDocument,
};

/**
 * Templates are compiled here, once, so that publishing and sending need no MJML.
 * @param references what a segment may name
 */
export const checkStored = async (
  kind: DocumentKind,
  id: string,
  source: unknown,
  client: Client | undefined,
  references: References = {},
): Promise<CheckedDocument> => checks[kind](id, source, client, references);

/** What was uploaded, for who reads it back. */
export const sourceOf = (kind: DocumentKind, stored: unknown): unknown =>
  kind === 'template' ? (stored as StoredTemplate).source : stored;
