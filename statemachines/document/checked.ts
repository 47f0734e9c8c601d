import type { Journey } from './schema.ts';

/**
 * A document that was checked when it was taken in: today's rules are for today's drafts. As for `parseText`, a
 * byte order mark in front is no mistake.
 */
export const readChecked = (text: string): Journey => JSON.parse(text.replace(/^\uFEFF/, '')) as Journey;
