import type { Issue } from '#kernel/issue';

/** What the API says when it refuses (RFC 9457), or that nothing answered (`unreachable`, status 0). */
export class Problem extends Error {
  override name = 'Problem';
  readonly status: number;
  readonly code: string;
  readonly issues: readonly Issue[];
  /** Of the request, for whoever reads the logs. */
  readonly request: string | undefined;

  constructor(facts: { status: number; code: string; detail: string; issues?: Issue[]; request?: string }) {
    super(facts.detail);
    this.status = facts.status;
    this.code = facts.code;
    this.issues = facts.issues ?? [];
    this.request = facts.request;
  }
}

export const unreachable = (): Problem => new Problem({ status: 0, code: 'unreachable', detail: '' });

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** @param body as text: whatever stands in between may answer with a page of its own */
export const problemOf = (status: number, body: string): Problem => {
  const value = parse(body);
  const facts = isObject(value) ? value : {};
  return new Problem({
    status,
    code: text(facts.code) ?? 'unknown',
    detail: text(facts.detail) ?? text(facts.title) ?? '',
    issues: Array.isArray(facts.issues) ? facts.issues : [],
    ...(text(facts.request) ? { request: text(facts.request)! } : {}),
  });
};

const parse = (body: string): unknown => {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
};
