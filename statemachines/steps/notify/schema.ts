import * as z from 'zod';
import { documentId } from '#model/document-text';
import { common, liquid } from '../common.ts';

export const notifySchema = z
  .strictObject({
    ...common('notify'),
    team: documentId.describe('A team of the client'),
    text: liquid(4000).describe('What it says'),
  })
  .meta({ id: 'step-notify', title: 'Tell a colleague or a team' });
export type NotifyStep = z.infer<typeof notifySchema>;
