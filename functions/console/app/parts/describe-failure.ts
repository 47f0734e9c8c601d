import { Problem } from '../api/problem.ts';
import { words } from '../words/words.ts';
import type { IconName } from './icon.tsx';

export interface FailureWords {
  icon: IconName;
  title: string;
  text: string;
  /** Is another try worth it? */
  again: boolean;
}

const { unreachable, failed, forbidden, missing, requestId } = words.common;

/** For people: our own words where the API cannot know the screen, else what it said. */
export const describeFailure = (error: unknown): FailureWords => {
  if (!(error instanceof Problem)) return { icon: 'error', ...failed, again: true };
  const { status, code, message, request } = error;
  if (status === 0) return { icon: 'offline', ...unreachable, again: true };
  if (code === 'forbidden') return { icon: 'key', title: forbidden.title, text: message, again: false };
  if (status === 404)
    return { icon: 'search', title: missing.title, text: message || missing.text, again: false };
  if (status >= 500)
    return {
      icon: 'error',
      title: failed.title,
      text: request === undefined ? `${failed.text}.` : `${failed.text}: ${requestId(request)}.`,
      again: true,
    };
  return { icon: 'warn', title: message, text: '', again: true };
};
