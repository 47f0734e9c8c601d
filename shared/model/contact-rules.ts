import * as z from 'zod';
import { type Condition, conditionSchema } from '../conditions/schema.ts';
import { walkCondition } from '../conditions/walk.ts';
import { durationMs } from '../kernel/durations.ts';
import { nearest } from '../kernel/nearest.ts';
import { shown } from '../kernel/words.ts';
import { documentId, duration, eventName, line } from './document-text.ts';
import { choiceOptions, fieldName, plainFieldTypes } from './field.ts';

/** What a client says of its contacts: which fields they have, what moves their score, which stages there are. */

/** What is allowed, and what stands there. */
const found = (allowed: string) => ({
  error: (issue: { input?: unknown }) => `${allowed}; found ${shown(issue.input)}`,
});
/** Of a record: what is wrong with a name, and which. */
const keys = {
  error: (issue: { code?: string; input?: unknown; issues?: readonly { message?: string }[] }) =>
    issue.code === 'invalid_key' ? `${shown(issue.input)}: ${issue.issues?.[0]?.message}` : undefined,
};

const points = (what: string) =>
  z
    .number(found(`${what} is a number of points`))
    .min(-10_000)
    .max(10_000);

const label = line(200).optional().describe('For people, and the heading of its column in exports');
const aliases = z
  .array(line(200))
  .max(20)
  .optional()
  .describe('Other headings under which imported files have it');
const description = line(500).optional();
const common = { label, aliases, description };
const plainField = z.strictObject({ type: z.enum(plainFieldTypes), ...common });
const choiceField = z.strictObject({ type: z.literal('choice'), options: choiceOptions, ...common });
const fieldSchema = z.discriminatedUnion('type', [plainField, choiceField], {
  error: (issue) =>
    issue.code === 'invalid_union'
      ? `type ${JSON.stringify((issue.input as { type?: unknown })?.type)} is none of fields; use ${plainFieldTypes.join(', ')} or choice`
      : undefined,
});
export type FieldRule = z.infer<typeof fieldSchema>;

const fields = z
  .record(fieldName, fieldSchema, keys)
  .refine((all) => Object.keys(all).length <= 250, 'a contact has at most 250 fields')
  .describe(
    'Fields of contacts and their types. A value of another type never becomes the field; fields that are not named here take any value',
  );

const heard = z
  .union(
    [
      z.strictObject({ event: eventName.describe('Name of an event') }).meta({ title: 'An event' }),
      z.strictObject({ form: documentId.describe('Id of a form') }).meta({ title: 'A form' }),
      z
        .strictObject({
          message: z
            .enum(['delivered', 'opened', 'clicked', 'replied', 'bounced', 'complained', 'unsubscribed'])
            .describe('What became of any message; opens and clicks by machines do not count'),
        })
        .meta({ title: 'What became of a message' }),
    ],
    found('a score rule listens to { "event": NAME }, { "form": ID } or { "message": "clicked" }'),
  )
  .describe('What gives the points');

const longEnough = (text: string): boolean => durationMs(text) >= 60_000;
const fading = duration.refine((text) => longEnough(text), 'points fade over at least a minute');
const decay = z
  .union(
    [
      z
        .strictObject({ halfLife: fading.describe('After this time half of the points are left') })
        .meta({ title: 'Half and half again' }),
      z
        .strictObject({ after: fading.describe('After this time the points are gone, all at once') })
        .meta({ title: 'Gone after' }),
    ],
    found('decay is { "halfLife": "14 days" } or { "after": "30 days" }'),
  )
  .describe('How the points fade; they stay for ever when left out');

const isAboutContact = (condition: Condition): boolean => {
  let asks = true;
  walkCondition(condition, (inner) => {
    if ('did' in inner || 'segment' in inner || 'message' in inner || 'results' in inner) asks = false;
  });
  return asks;
};

const most = z.number().positive('a limit is more than 0 points').max(1_000_000);
const scoreRule = z.strictObject({
  on: heard,
  if: conditionSchema
    .refine(
      isAboutContact,
      'a score rule may ask for the event (`trigger`) and the contact: its fields, tags, stage, consent and score',
    )
    .optional(),
  add: points('`add`').refine((n) => n !== 0, 'a rule that adds nothing does nothing; write how many points'),
  decay: decay.optional(),
  cap: z
    .strictObject({ atMost: most, per: duration })
    .optional()
    .describe('At most so many points of this rule within the time that begins with the first of them'),
  atMost: most.optional().describe('At most so many points of this rule at any time'),
});
export type ScoreRule = z.infer<typeof scoreRule>;

const score = z
  .strictObject({
    rules: z
      .record(documentId, scoreRule, keys)
      .refine((rules) => Object.keys(rules).length <= 100, 'at most 100 score rules'),
    atLeast: z.number().optional().describe('The score is never shown below this'),
    atMost: z.number().optional().describe('The score is never shown above this'),
  })
  .refine(({ atLeast, atMost }) => atLeast === undefined || atMost === undefined || atLeast < atMost, {
    message: 'must be less than `atMost`',
    path: ['atLeast'],
  })
  .describe('What moves the score of contacts, in real time');
export type ScoreRules = z.infer<typeof score>;

const noStage = (name: string, known: readonly string[]): string => {
  const meant = nearest(name, known);
  return `there is no stage "${name}"${meant ? `, did you mean "${meant}"?` : ''}; stages: ${known.join(', ')}`;
};

const stages = z
  .record(
    line(100),
    z.strictObject({
      label: line(200).optional(),
      to: z
        .array(line(100))
        .max(100)
        .optional()
        .describe('Stages that may follow; any when left out, none when empty'),
    }),
  )
  .superRefine((all, issues) => {
    const known = Object.keys(all);
    for (const [name, { to = [] }] of Object.entries(all))
      for (const [i, next] of to.entries())
        if (!known.includes(next))
          issues.addIssue({
            code: 'custom',
            path: [name, 'to', i],
            message: noStage(next, known),
          });
  })
  .describe('Stages of the lifecycle and the moves between them. Without it any word is a stage');
export type Stages = z.infer<typeof stages>;

export const contactRuleMembers = {
  fields: fields.optional(),
  score: score.optional(),
  stages: stages.optional(),
} as const;

/** As code reads them; what is left out allows everything. */
export interface ContactRules {
  fields?: Readonly<Record<string, FieldRule>> | undefined;
  score?: ScoreRules | undefined;
  stages?: Stages | undefined;
}
