import { en } from './en.ts';

/** What every language says. A new one is a file beside `en.ts` of this type, chosen here. */
export type Words = typeof en;

export const words: Words = en;
