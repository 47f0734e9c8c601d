import { AwsError } from '../../aws-error.ts';

export const invalid = (message: string): AwsError => new AwsError('ValidationException', message);

const constraint = (value: unknown, field: string, must: string): AwsError =>
  invalid(
    `1 validation error detected: Value ${value === undefined ? 'null' : `'${String(value)}'`} at '${field}' ` +
      `failed to satisfy constraint: ${must}`,
  );

/** A text that must be given. */
export const required = (input: object, field: string): string => {
  const value = (input as Record<string, unknown>)[field];
  if (typeof value !== 'string') throw constraint(value, field, 'Member must not be null');
  if (value === '') throw constraint(value, field, 'Member must have length greater than or equal to 1');
  return value;
};

export const atMost = (input: object, field: string, length: number): void => {
  const value = (input as Record<string, unknown>)[field];
  if (typeof value === 'string' && value.length > length)
    throw constraint(value, field, `Member must have length less than or equal to ${length}`);
};

export const matching = (value: string, field: string, pattern: RegExp): void => {
  if (!pattern.test(value))
    throw constraint(value, field, `Member must satisfy regular expression pattern: ${pattern.source}`);
};

export const oneOf = (value: string | undefined, field: string, values: readonly string[]): void => {
  if (value !== undefined && !values.includes(value))
    throw constraint(value, field, `Member must satisfy enum value set: [${values.join(', ')}]`);
};

/** Names of machines and executions: 1 to 80 characters without those that ARNs and shells dislike. */
export const checkName = (name: string): string => {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
  const forbidden = /[\s<>{}[\]?*"#%\\^|~`$&,;:/\u0000-\u001f\u007f-\u009f\ufffe\uffff]/;
  if (name.length > 80 || forbidden.test(name)) throw new AwsError('InvalidName', `Invalid Name: '${name}'`);
  return name;
};

export interface Page {
  limit: number;
  /** Where the page begins, in the terms of the listing. */
  from: number | undefined;
}

export const pageToken = (from: number): string => Buffer.from(`page:${from}`).toString('base64url');

const readPageToken = (token: string): number => {
  const found = /^page:(\d+)$/.exec(Buffer.from(token, 'base64url').toString());
  if (!found) throw new AwsError('InvalidToken', "Invalid Token: 'Invalid token'");
  return Number(found[1]);
};

/** The page asked for; 0 or nothing asks for 100. */
export const pageOf = (input: { maxResults?: number | undefined; nextToken?: string | undefined }): Page => {
  const { maxResults = 0, nextToken } = input;
  if (maxResults > 1000)
    throw constraint(maxResults, 'maxResults', 'Member must have value less than or equal to 1000');
  if (maxResults < 0)
    throw constraint(maxResults, 'maxResults', 'Member must have value greater than or equal to 0');
  return { limit: maxResults || 100, from: nextToken === undefined ? undefined : readPageToken(nextToken) };
};

/** What of a list is on the page that begins at an index, and the token of the next one. */
export const slicePage = <T>(
  items: readonly T[],
  { limit, from = 0 }: Page,
): { items: T[]; nextToken?: string } => ({
  items: items.slice(from, from + limit),
  ...(from + limit < items.length && { nextToken: pageToken(from + limit) }),
});
