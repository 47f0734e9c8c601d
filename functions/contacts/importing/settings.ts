import { consentKeys } from '#policy/contacts/consent';
import type { ContactSettings } from '#policy/contacts/contact-settings';
import type { Import, ImportColumn } from '#store/catalogue/imports';
import type { ImportAnswer } from './answer.ts';
import { type Column, describeTarget, missingConsent, newFields, type Target } from './columns.ts';
import type { Common } from './row.ts';

/** As they are kept: what the client says of a field is asked when a row is read. */
export const keptColumns = (columns: readonly Column[]): ImportColumn[] =>
  columns.map(({ heading, target }) => {
    const { rule: _, ...kept } = target as Target & { rule?: unknown };
    return { heading, target: kept };
  });

const columnsOf = ({ columns = [] }: Import, { fields = {} }: ContactSettings): Column[] =>
  columns.map(({ heading, target: kept }) => {
    const target = kept as Target;
    const rule =
      target.to === 'field' && Object.hasOwn(fields, target.name) ? fields[target.name] : undefined;
    return { heading, target: rule ? ({ ...target, rule } as Target) : target };
  });

/** What the import says of each row, in the words that the client has now. */
export const commonOf = (one: Import, settings: ContactSettings): Common => {
  const { decimal, dates, consentText, tags } = one.options;
  return {
    columns: columnsOf(one, settings),
    consentKeys: consentKeys(settings),
    decimal: decimal === ',' ? ',' : '.',
    isUnsure: decimal === 'ask' || (decimal === undefined && one.separator === ';'),
    dates,
    consentText,
    tags,
    origin: one.id,
    country: settings.country,
  };
};

const refusedCodes = (counts: Import['counts']): number =>
  Object.entries(counts)
    .filter(([code]) => !['created', 'updated', 'unchanged', 'empty-row'].includes(code))
    .reduce((sum, [, n]) => sum + n, 0);

/** As the API tells of it. */
export const describeImport = (one: Import, settings: ContactSettings): ImportAnswer => {
  const { id, status, createdAt, finishedAt, reason, expected, parts, counts } = one;
  const received = Object.keys(parts).length;
  return {
    ...{ id, status, createdAt },
    ...(finishedAt === undefined ? {} : { finishedAt }),
    ...(reason === undefined ? {} : { reason }),
    parts: {
      ...{ expected, received },
      missing: Array.from({ length: expected }, (_, i) => i + 1).filter((number) => !(number in parts)),
    },
    rows: Object.values(parts).reduce((sum, { rows }) => sum + rows, 0),
    done: one.done,
    created: counts.created ?? 0,
    updated: counts.updated ?? 0,
    unchanged: counts.unchanged ?? 0,
    refused: refusedCodes(counts),
    codes: counts,
    ...(one.columns === undefined
      ? {}
      : {
          columns: columnsOf(one, settings).map(({ heading, target }) => ({
            heading,
            becomes: describeTarget(target),
          })),
          newFields: newFields(columnsOf(one, settings), settings),
          issues: one.options.consentText === undefined ? [] : missingConsent(columnsOf(one, settings)),
        }),
    ...(one.encoding === undefined ? {} : { encoding: one.encoding, separator: one.separator }),
    result: `/v1/imports/${id}/result`,
  };
};
