/** A page of `GET /v1/contacts/{id}/export`: lists by name, and what stands once. */
export interface ExportPage {
  next?: string;
  [member: string]: unknown;
}

/** One document: lists go on from page to page, the rest is that of the first. */
export const joinPages = (pages: readonly ExportPage[]): ExportPage => {
  const whole: ExportPage = {};
  for (const { next: _, ...page } of pages)
    for (const [name, value] of Object.entries(page)) {
      const before = whole[name];
      if (before === undefined) whole[name] = value;
      else if (Array.isArray(before) && Array.isArray(value) && !once.has(name))
        whole[name] = [...before, ...value];
    }
  return whole;
};

/** On every page alike. */
const once = new Set(['identities', 'suppressions']);
