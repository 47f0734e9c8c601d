import type { Knowledge } from './solve.ts';

/** What is known under a prefix, as an object: names joined by dots become members of members. */
export const membersOf = (knowledge: Knowledge, prefix: string): Record<string, unknown> => {
  const members: Record<string, unknown> = {};
  for (const [name, { value }] of knowledge)
    if (name.startsWith(prefix) && value !== undefined)
      place(members, name.slice(prefix.length).split('.'), value);
  return members;
};

const place = (target: Record<string, unknown>, [name = '', ...rest]: string[], value: unknown): void => {
  const inner = Object.hasOwn(target, name) ? target[name] : undefined;
  const around = typeof inner === 'object' && inner !== null ? inner : {};
  const placed = rest.length === 0 ? value : around;
  // A field may be called `__proto__`: it is defined, not set.
  Object.defineProperty(target, name, {
    value: placed,
    enumerable: true,
    configurable: true,
    writable: true,
  });
  if (rest.length > 0) place(around as Record<string, unknown>, rest, value);
};
