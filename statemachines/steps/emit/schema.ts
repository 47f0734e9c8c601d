import * as z from 'zod';
import { eventName } from '#model/document-text';
import { common, jsonValue } from '../common.ts';

export const emitSchema = z
  .strictObject({
    ...common('emit'),
    event: eventName.describe('Name of the event, such as "Trial Ended"'),
    properties: z
      .record(z.string().min(1).max(100), jsonValue)
      .optional()
      .describe('What the event says; texts in it may hold Liquid'),
  })
  .meta({ id: 'step-emit', title: 'Let an event happen' });
export type EmitStep = z.infer<typeof emitSchema>;
