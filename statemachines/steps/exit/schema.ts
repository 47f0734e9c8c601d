import * as z from 'zod';
import { line } from '#model/document-text';
import { common } from '../common.ts';

export const exitSchema = z
  .strictObject({ ...common('exit'), as: line(200).optional().describe('The words on the leaf') })
  .meta({ id: 'step-exit', title: 'End the run here' });
export type ExitStep = z.infer<typeof exitSchema>;
