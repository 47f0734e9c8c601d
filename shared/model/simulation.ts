import * as z from 'zod';
import { messageFact } from '../conditions/schema.ts';
import { triggerSchema } from '../conditions/triggers.ts';
import { offsetPattern } from '../kernel/durations.ts';
import type { Issue } from '../kernel/issue.ts';
import { documentId, eventName, line } from './document-text.ts';
import type { Foretell } from './forecast.ts';

/** What a simulation is given, and what it tells. */

const isTime = (text: string): boolean =>
  /^[+-]/.test(text) ? offsetPattern.test(text) : !Number.isNaN(Date.parse(text));

/** `"+1 day"` after the start, `"-1 hour"` before it, or an instant of ISO 8601. */
const at = z
  .string()
  .max(100)
  .refine(isTime, 'write "+1 day" after the start, or a time such as 2026-03-01T10:00:00Z')
  .describe('`"+1 day"` after the start, or a time such as `2026-03-01T10:00:00Z`');
const name = z.string().min(1).max(200);
const properties = z.record(z.string(), z.unknown()).default({}).describe('What it carries');

const kinds = {
  event: z.strictObject({ at, event: eventName, properties }).meta({ title: 'An event of the contact' }),
  form: z.strictObject({ at, form: documentId, properties }).meta({ title: 'A form is posted' }),
  tag: z.strictObject({ at, tag: line(100) }).meta({ title: 'The contact is given a tag' }),
  message: messageFact.extend({ at }).meta({ title: 'Something becomes of a message of the journey' }),
  task: z
    .strictObject({ at, task: documentId, outcome: name })
    .meta({ title: 'A colleague answers a task of the journey' }),
};
const kindNames = Object.keys(kinds) as (keyof typeof kinds)[];

/** One line of a simulation's events, for editors; `readHappenings` tells better what is wrong. */
export const happeningSchema = z
  .union([kinds.event, kinds.form, kinds.tag, kinds.message, kinds.task])
  .meta({ id: 'happening', title: 'Something that happens on the way' });
export type SimulationEvent = z.output<typeof happeningSchema>;

export const maxHappenings = 1000;

/** What happens on the way. Whatever cannot be understood is named, never left out in silence. */
export const readHappenings = (lines: unknown): { events: SimulationEvent[]; issues: Issue[] } => {
  if (!Array.isArray(lines))
    return {
      events: [],
      issues: [wrong('', 'is no list: write [{ "at": "+1 day", "event": "Order Completed" }]')],
    };
  if (lines.length > maxHappenings)
    return {
      events: [],
      issues: [wrong('', `has ${lines.length} entries; at most ${maxHappenings} can happen`)],
    };
  const read = lines.map((each: unknown, i) => readHappening(each, i));
  return { events: read.flatMap(({ event }) => event ?? []), issues: read.flatMap(({ issues }) => issues) };
};

const wrong = (path: string, message: string): Issue => ({
  code: 'invalid-events',
  severity: 'error',
  path,
  message,
});

const readHappening = (each: unknown, i: number): { event?: SimulationEvent; issues: Issue[] } => {
  const kind = kindNames.find((key) => typeof each === 'object' && each !== null && Object.hasOwn(each, key));
  const where = `entry ${i + 1}`;
  if (!kind)
    return {
      issues: [wrong(`/${i}`, `${where} has none of ${kindNames.map((key) => `"${key}"`).join(', ')}`)],
    };
  const parsed = kinds[kind].safeParse(each);
  if (parsed.success) return { event: parsed.data, issues: [] };
  return {
    issues: parsed.error.issues.map(({ path, message }) =>
      wrong(`/${[i, ...path].join('/')}`, `${where}: ${path.join('.') || kind}: ${message}`),
    ),
  };
};

/** Who walks: fields, and `consent`, `tags`, `score`, `stage`, `timezone`. */
export const simulatedContactSchema = z
  .record(z.string().max(200), z.unknown())
  .describe('Fields, and `"consent": ["email"]`, `tags`, `score`, `stage`, `timezone`');

/** What starts the run, where it is not the first trigger of the journey. */
export const simulatedTriggerSchema = z
  .strictObject({ on: triggerSchema, properties })
  .describe('What starts the run; the first trigger of the journey when left out');

/** What webhooks answer: no simulation calls one. */
export const webhookAnswersSchema = z
  .record(documentId, z.unknown())
  .describe('What each webhook answers, by its step; nothing when left out');

/** What `POST /v1/journeys/simulate` takes. The events are read by `readHappenings`, which tells more. */
export const simulationRequestSchema = z.strictObject({
  document: z.unknown().describe('The journey: the document itself, or its text'),
  contact: simulatedContactSchema,
  events: z
    .array(z.unknown())
    .optional()
    .describe('What happens meanwhile: [{ "at": "+1 day", "event": "Order Completed" }]'),
  trigger: simulatedTriggerSchema.optional(),
  arms: z
    .record(documentId, z.string())
    .optional()
    .describe('Arms that the draw gives, by the step that splits'),
  answers: webhookAnswersSchema.optional(),
  start: z.iso.datetime({ offset: true }).optional().describe('Now when left out'),
  seed: z.int().min(0).max(999_999_999).default(1),
});

const at8601 = z.iso.datetime();
/** What `wayleaf simulate --json` prints and the API answers. */
export const simulationSchema = z.object({
  start: at8601,
  end: at8601,
  ended: z.object({
    how: z.string().describe('`completed`, `exited`, `goal`, `not-entered`'),
    as: z.string().nullable(),
    step: z.string().nullable(),
    reason: z.string().optional().describe('Why it was not let in: `condition`, `no-key`'),
  }),
  timeline: z.array(
    z.object({
      at: at8601,
      step: z.string(),
      type: z.string(),
      answer: z.string().optional(),
      outcome: z.string().optional(),
    }),
  ),
  sends: z
    .array(
      z.object({
        at: at8601,
        step: z.string(),
        channel: z.string(),
        to: z.string(),
        subject: z.string().optional(),
      }),
    )
    .describe('Messages to the contact; what colleagues are told stands in the timeline'),
  skipped: z.array(
    z.object({
      at: at8601,
      step: z.string(),
      reason: z.string(),
      missing: z.string().optional().describe('Of `missing-variable`: which, as the template writes it'),
    }),
  ),
});
export type Simulation = z.infer<typeof simulationSchema>;

/** One contact's way to be walked, with all that the client has. */
export interface SimulationWork {
  /** The journey's text, checked. */
  text: string;
  client: unknown;
  /** As they were uploaded, by id. */
  templates: Record<string, unknown>;
  layouts?: Record<string, unknown>;
  partials?: Record<string, unknown>;
  forms: Record<string, unknown>;
  segments: Record<string, unknown>;
  contact: Record<string, unknown>;
  events: readonly SimulationEvent[];
  trigger?: z.output<typeof simulatedTriggerSchema> | undefined;
  arms?: Readonly<Record<string, string>> | undefined;
  answers?: Readonly<Record<string, unknown>> | undefined;
  /** Milliseconds since the epoch. */
  start: number;
  seed: number;
  /** Real milliseconds that it may take. */
  patienceMs: number;
}

/** Nothing is sent: the compiled machine walks in a world of its own. `refused`: why it cannot, in words. */
export interface Simulate {
  (
    work: SimulationWork,
  ): Promise<{ simulation: Simulation; refused?: undefined } | { simulation?: undefined; refused: string }>;
  /** Many imagined people in place of one contact. */
  foretell: Foretell;
}
