import * as z from 'zod';
import { documentId } from '#model/document-text';
import { common } from '../common.ts';

export const enrollSchema = z
  .strictObject({ ...common('enroll'), journey: documentId.describe('Id of the journey') })
  .meta({ id: 'step-enroll', title: 'Hand the contact to another journey' });
export type EnrollStep = z.infer<typeof enrollSchema>;
