import type * as z from 'zod';
import type { listedTaskSchema } from '#functions/journeys/answer-task/schemas';
import { dateTime } from '../../words/format.ts';
import { words } from '../../words/words.ts';

export type ListedTask = z.output<typeof listedTaskSchema>;

/** Undefined where it is not due at any time. */
export const dueOf = ({ dueAt }: ListedTask, now: number): { text: string; late: boolean } | undefined => {
  if (dueAt === undefined) return undefined;
  const late = Date.parse(dueAt) < now;
  const when = dateTime(dueAt);
  return { text: late ? words.tasks.overdue(when) : words.tasks.due(when), late };
};

export const whoOf = ({ contact }: ListedTask): string => contact.name ?? contact.id;
