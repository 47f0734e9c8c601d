/**
 * Follows names joined by dots through own members only, so that `constructor` and the like are
 * never found. A whole name with dots in it wins over the way through its parts.
 */
export const readPath = (source: unknown, path: string): unknown => {
  const direct = own(source, path);
  if (direct !== undefined) return direct;
  let value = source;
  for (const name of path.split('.')) value = own(value, name);
  return value;
};

const own = (value: unknown, name: string): unknown => {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  if (Array.isArray(value) && !/^\d+$/.test(name)) return undefined;
  return (value as Record<string, unknown>)[name];
};

/** A missing member and `null` are the same: there is no value. */
export const isMissing = (value: unknown): value is undefined | null => value === undefined || value === null;
