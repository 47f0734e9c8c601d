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
  if (rest.length === 0)
    return void Object.defineProperty(target, name, {
      value,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  const next = typeof inner === 'object' && inner !== null ? inner : {};
  Object.defineProperty(target, name, { value: next, enumerable: true, configurable: true, writable: true });
  place(next as Record<string, unknown>, rest, value);
};
