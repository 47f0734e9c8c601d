import type { z } from 'zod';
import { compileTemplate } from '#channels/compile-template';
import { conditionSchema } from '#conditions/schema';
import { issuesOf } from '#http/zod-issues';
import { hasErrors, type Issue } from '#kernel/issue';
import type { Client } from '#model/client';
import { formSchema } from '#model/form';
import { segmentSchema } from '#model/segment';
import type { TemplateSource } from '#model/template';
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

const segmentWithCondition = segmentSchema.safeExtend({ if: conditionSchema });

const checks: Record<DocumentKind, Check> = {
  template: checkTemplate,
  form: byShape(formSchema),
  segment: byShape(segmentWithCondition),
};

/** Templates are compiled here, once, so that publishing and sending need no MJML. */
export const checkStored = async (
  kind: DocumentKind,
  id: string,
  source: unknown,
  client: Client | undefined,
): Promise<CheckedDocument> => checks[kind](id, source, client);

/** What was uploaded, for who reads it back. */
export const sourceOf = (kind: DocumentKind, stored: unknown): unknown =>
  kind === 'template' ? (stored as StoredTemplate).source : stored;
