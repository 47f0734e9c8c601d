import * as z from 'zod';
import { type DecideStep as Decide, decideSchema } from './decide/schema.ts';
import { type EmailStep, emailSchema } from './email/schema.ts';
import { type EmitStep, emitSchema } from './emit/schema.ts';
import { type EnrollStep, enrollSchema } from './enroll/schema.ts';
import { type ExitStep, exitSchema } from './exit/schema.ts';
import { type GotoStep, gotoSchema } from './goto/schema.ts';
import { type NotifyStep, notifySchema } from './notify/schema.ts';
import { type PushStep, pushSchema } from './push/schema.ts';
import { type SmsStep, smsSchema } from './sms/schema.ts';
import { type SplitStep as Split, splitSchema } from './split/schema.ts';
import { type TaskStep as Task, taskSchema } from './task/schema.ts';
import { type UpdateStep, updateSchema } from './update/schema.ts';
import { type WaitStep, waitSchema } from './wait/schema.ts';
import { type WaitForStep as WaitFor, waitForSchema } from './waitFor/schema.ts';
import { type WebhookStep, webhookSchema } from './webhook/schema.ts';

// Interfaces, because a type alias could not refer to itself through `z.infer`.
interface DecideStep extends Decide<Step> {}
interface SplitStep extends Split<Step> {}
interface TaskStep extends Task<Step> {}
interface WaitForStep extends WaitFor<Step> {}

export type Step =
  | EmailStep
  | SmsStep
  | PushStep
  | NotifyStep
  | TaskStep
  | WebhookStep
  | UpdateStep
  | EmitStep
  | EnrollStep
  | WaitStep
  | WaitForStep
  | DecideStep
  | SplitStep
  | GotoStep
  | ExitStep;
export type StepTypeName = Step['type'];
export type StepOf<T extends StepTypeName> = Extract<Step, { type: T }>;

/** The steps of a branch, run in order; may be empty. */
const sequenceSchema: z.ZodType<Step[]> = z.lazy(() => z.array(stepSchema));

export const stepSchema = z
  .discriminatedUnion('type', [
    emailSchema,
    smsSchema,
    pushSchema,
    notifySchema,
    taskSchema(sequenceSchema),
    webhookSchema,
    updateSchema,
    emitSchema,
    enrollSchema,
    waitSchema,
    waitForSchema(sequenceSchema),
    decideSchema(sequenceSchema),
    splitSchema(sequenceSchema),
    gotoSchema,
    exitSchema,
  ])
  .meta({ id: 'step', title: 'A step' });
