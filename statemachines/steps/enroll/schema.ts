import { z } from 'zod';
import { documentId } from '../../../shared/model/document-text.ts';
import { common } from '../common.ts';

export const enrollSchema = z
  .strictObject({ ...common('enroll'), journey: documentId.describe('Id of the journey') })
  .meta({ id: 'step-enroll', title: 'Hand the contact to another journey' });
export type EnrollStep = z.infer<typeof enrollSchema>;
