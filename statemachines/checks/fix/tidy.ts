import { isObject } from '#kernel/json';
import { journeySchema } from '../../document/schema.ts';
import type { Path } from '../../steps/parts.ts';
import { chosen, idOf, schemaAt } from '../shape/options.ts';
import { type Repair, replaced } from './repair.ts';

/** What is right and reads better otherwise: `"2 day"` means two days, and says so. */
export const tidyings = (raw: unknown): Repair[] => {
  const found: Repair[] = [];
  walk(raw, [], (text, path) => {
    const better = agreeing(text);
    if (better !== text && isDuration(raw, path, text)) found.push(replaced([...path], text, better));
  });
  return found;
};

const agreeing = (text: string): string =>
  text.replace(/^(\d{1,6}) (second|minute|hour|day|week)s?$/, (_, count, unit) =>
    Number(count) === 1 ? `${count} ${unit}` : `${count} ${unit}s`,
  );

const isDuration = (raw: unknown, path: Path, text: string): boolean => {
  const schema = schemaAt(journeySchema, path, raw);
  const option = schema && chosen(schema, text);
  return option !== undefined && idOf(option) === 'duration';
};

const walk = (value: unknown, path: (string | number)[], visit: (text: string, path: Path) => void): void => {
  if (typeof value === 'string') visit(value, path);
  else if (Array.isArray(value) || isObject(value))
    for (const [name, inner] of Object.entries(value)) {
      path.push(Array.isArray(value) ? Number(name) : name);
      walk(inner, path, visit);
      path.pop();
    }
};
