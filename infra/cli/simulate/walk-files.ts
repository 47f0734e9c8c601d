import { z } from 'zod';
import { messageFact } from '#conditions/schema';
import { offsetPattern } from '#kernel/durations';
import type { SimulationEvent } from '#statemachines/simulate/events';
import { Failure } from '../failure.ts';
import { readJsonFile } from '../files.ts';

const isTime = (text: string): boolean =>
  /^[+-]/.test(text) ? offsetPattern.test(text) : !Number.isNaN(Date.parse(text));
const at = z
  .string()
  .refine(isTime, 'write "+1 day" after the start, or a time such as 2026-03-01T10:00:00Z');
const name = z.string().min(1);
const properties = z.record(z.string(), z.unknown()).default({});

const kinds = [
  { key: 'event', schema: z.strictObject({ at, event: name, properties }) },
  { key: 'form', schema: z.strictObject({ at, form: name, properties }) },
  { key: 'tag', schema: z.strictObject({ at, tag: name }) },
  { key: 'message', schema: messageFact.extend({ at }) },
  { key: 'task', schema: z.strictObject({ at, task: name, outcome: name }) },
] as const;

/** What happens on the way. Whatever could not be understood is named, never left out in silence. */
export const readEventsFile = (file: string): SimulationEvent[] => {
  const lines = readJsonFile(file);
  if (!Array.isArray(lines))
    throw new Failure(`${file} is no list: write [{ "at": "+1 day", "event": "Order Completed" }].`);
  return lines.map((line, i) => readEvent(line, `${file}, entry ${i + 1}`));
};

const readEvent = (line: unknown, where: string): SimulationEvent => {
  const kind = kinds.find(({ key }) => typeof line === 'object' && line !== null && key in line);
  if (!kind) throw new Failure(`${where} has none of ${kinds.map(({ key }) => `"${key}"`).join(', ')}.`);
  const parsed = kind.schema.safeParse(line);
  if (parsed.success) return parsed.data;
  const found = parsed.error.issues.map(({ path, message }) => `${path.join('.') || kind.key}: ${message}`);
  throw new Failure(`${where}: ${found.join('; ')}`);
};

/** Who walks. */
export const readContactFile = (file: string): Record<string, unknown> => {
  const contact = readJsonFile(file);
  if (typeof contact === 'object' && contact !== null && !Array.isArray(contact))
    return contact as Record<string, unknown>;
  throw new Failure(`${file} is no object: write { "email": "ada@example.com", "consent": ["email"] }.`);
};
