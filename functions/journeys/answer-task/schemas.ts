import * as z from 'zod';

export const listedTaskSchema = z.object({
  id: z.string().describe('For `POST /v1/tasks/{id}/outcome`'),
  journey: z.string(),
  version: z.int(),
  step: z.string(),
  at: z.string().describe('When it was given'),
  team: z.string(),
  title: z.string(),
  script: z.string().optional().describe('What the journey says to do'),
  outcomes: z.array(z.string()).describe('One of them is the answer'),
  dueAt: z.string().optional(),
  openUntil: z.string().optional().describe('Until then the journey waits for the answer'),
  contact: z.object({
    id: z.string(),
    name: z.string().optional().describe('Name, or else the address, as it is now'),
  }),
});

export const tasksSchema = z.object({
  tasks: z.array(listedTaskSchema).describe('What is due first stands first'),
  next: z.string().nullable().describe('The `cursor` of the next page; null after the last'),
});
