import * as z from 'zod';
import { documentId, duration, eventName, line, webAddress } from '../model/document-text.ts';
import { momentPattern, pathPattern } from './forms.ts';

/**
 * The closed grammar of conditions. One schema for triggers, decisions, segments and the simulator;
 * `evaluate` beside it gives the meaning.
 */

const path = z
  .string()
  .regex(pathPattern, 'write names joined by dots, such as "companySize" or "address.city"')
  .meta({
    id: 'path',
    title: 'Where a value stands',
    description: 'Names joined by dots: "companySize", "address.city"',
  });

const scalar = z
  .union([z.string(), z.number(), z.boolean()])
  .meta({ id: 'value', title: 'A text, a number, true or false' });
const scalars = z.array(scalar).min(1, 'name at least one value').max(1000);
const text = z.string().min(1);
const moment = z
  .string()
  .regex(momentPattern, 'write a date such as "2026-03-01" or "2026-03-01T09:00:00Z"')
  .meta({
    id: 'moment',
    title: 'A moment',
    description: 'A date or a date and time of ISO 8601; without an offset in the zone of the contact',
    examples: ['2026-03-01', '2026-03-01T09:00:00Z'],
  });

const operators = {
  is: scalar.optional().describe('Equal, of the same type'),
  isNot: scalar.optional().describe('There is a value and it differs'),
  in: scalars.optional().describe('Equal to one of these'),
  notIn: scalars.optional().describe('There is a value and it is none of these'),
  contains: scalar.optional().describe('A text that has this in it, or a list that has this entry'),
  startsWith: text.optional().describe('A text that begins with this'),
  endsWith: text.optional().describe('A text that ends with this'),
  exists: z.boolean().optional().describe('Is there a value at all?'),
  above: z.number().optional().describe('A number greater than this'),
  atLeast: z.number().optional().describe('A number, this or greater'),
  below: z.number().optional().describe('A number less than this'),
  atMost: z.number().optional().describe('A number, this or less'),
  before: moment.optional().describe('A date earlier than this'),
  after: moment.optional().describe('A date later than this'),
  inLast: duration.optional().describe('A date not longer ago than this'),
  inNext: duration.optional().describe('A date not further ahead than this'),
};
export const operatorNames = Object.keys(operators) as (keyof typeof operators)[];
export type Operator = (typeof operatorNames)[number];
const operatorShape = z.object(operators);
export type Operators = z.infer<typeof operatorShape>;

const comparison = <K extends string>(source: K, title: string) =>
  z
    .strictObject({ [source]: path, ...operators } as Record<K, typeof path> & typeof operators)
    .refine((c) => Object.keys(c).length > 1, { error: 'needs-operator' })
    .meta({ title, minProperties: 2 });

/** A range of numbers; several members must all hold. */
const range = z
  .strictObject({
    is: z.number().optional(),
    above: z.number().optional(),
    atLeast: z.number().optional(),
    below: z.number().optional(),
    atMost: z.number().optional(),
  })
  .refine((r) => Object.keys(r).length > 0, { error: 'needs-operator' })
  .meta({ minProperties: 1 });
export type Range = z.infer<typeof range>;

const messageStates = ['sent', 'delivered', 'opened', 'clicked', 'bounced', 'complained', 'skipped'] as const;
export type MessageState = (typeof messageStates)[number];

/** What became of a message of this journey; also a trigger of `waitFor`. */
export const messageFact = z
  .strictObject({
    message: documentId.describe('Id of the step that sends it'),
    was: z.enum(messageStates).describe('Opens and clicks by machines do not count'),
    link: webAddress.optional().describe('Only clicks on this address'),
  })
  .meta({ title: 'A message of this journey' });
export type MessageFact = z.infer<typeof messageFact>;

const conditions: z.ZodType<Condition[]> = z.lazy(() =>
  z.array(conditionSchema).min(1, { error: 'empty-audience' }).max(200),
);
const one: z.ZodType<Condition> = z.lazy(() => conditionSchema);

const all = z.strictObject({ all: conditions }).meta({ title: 'Each of these' });
const any = z.strictObject({ any: conditions }).meta({ title: 'At least one of these' });
const not = z.strictObject({ not: one }).meta({ title: 'Not this' });
const contact = comparison('contact', 'A field of the contact');
const trigger = comparison('trigger', 'The event that started the run, or that was heard');
const results = comparison('results', 'What a webhook answered, by its `saveAs`');
const did = z
  .strictObject({
    did: eventName.describe('Name of an event'),
    times: range.optional().describe('How often; at least once when left out'),
    inLast: duration.optional().describe('Only events not longer ago than this'),
    where: one.optional().describe('A condition on each event, as `trigger`'),
  })
  .meta({ title: 'Something the contact did' });
const tag = z.strictObject({ tag: line(100) }).meta({ title: 'Has a tag' });
const segment = z.strictObject({ segment: documentId }).meta({ title: 'Is in a segment' });
const consent = z
  .strictObject({ consent: line(48).describe('`email`, `sms`, `push` or a topic') })
  .meta({ title: 'May be written to' });
const score = z.strictObject({ score: range }).meta({ title: 'Score' });
const stage = z.strictObject({ stage: line(100) }).meta({ title: 'Is in a stage' });

interface All extends z.infer<typeof all> {}
interface Any extends z.infer<typeof any> {}
interface Not extends z.infer<typeof not> {}
interface Did extends z.infer<typeof did> {}
type ContactComparison = { contact: string } & Operators;
type TriggerComparison = { trigger: string } & Operators;
type ResultsComparison = { results: string } & Operators;
export type Comparison = ContactComparison | TriggerComparison | ResultsComparison;
export type Condition =
  | All
  | Any
  | Not
  | Comparison
  | Did
  | MessageFact
  | z.infer<typeof tag>
  | z.infer<typeof segment>
  | z.infer<typeof consent>
  | z.infer<typeof score>
  | z.infer<typeof stage>;
export type DidCondition = Did;

export const conditionSchema: z.ZodType<Condition> = z
  .union([all, any, not, contact, trigger, results, did, messageFact, tag, segment, consent, score, stage])
  .meta({ id: 'condition', title: 'A condition' });
