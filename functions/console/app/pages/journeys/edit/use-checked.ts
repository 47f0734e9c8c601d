import { useEffect, useState } from 'react';
import type { Issue } from '#kernel/issue';
import type { Api } from '../../../api/api.ts';
import { Problem } from '../../../api/problem.ts';
import type { CheckedText } from '../../../editor/protocol.ts';
import { reader } from '../../../editor/reader.ts';
import { useSession } from '../../../session/session.tsx';

export interface Known {
  issues: readonly Issue[];
  /** What the tree shows, of the newest text that was read. */
  checked: CheckedText | undefined;
  /** Has the server, which knows what the journey names, answered for this very text? */
  confirmed: boolean;
  busy: boolean;
}

const typingMs = 250;
const serverMs = 700;

/** Here at once, and by the server a little later: it also knows templates, segments and teams. */
export const useChecked = (text: string): Known => {
  const { api } = useSession();
  const [here, setHere] = useState<{ text: string; checked: CheckedText }>();
  const [there, setThere] = useState<{ text: string; issues: readonly Issue[] }>();
  useEffect(() => {
    const stop = new AbortController();
    const soon = setTimeout(async () => {
      const checked = await reader.check(text);
      if (!stop.signal.aborted) setHere({ text, checked });
    }, typingMs);
    const later = setTimeout(async () => {
      const issues = await askServer(api, text, stop.signal);
      if (issues && !stop.signal.aborted) setThere({ text, issues });
    }, serverMs);
    return () => {
      stop.abort();
      clearTimeout(soon);
      clearTimeout(later);
    };
  }, [text, api]);
  const confirmed = there?.text === text;
  const issues = confirmed ? there.issues : (here?.checked.issues ?? []);
  return { issues, checked: here?.checked, confirmed, busy: here?.text !== text };
};

/** Undefined where nobody answered: then what was found here is all that is known. */
const askServer = async (
  api: Api,
  text: string,
  signal: AbortSignal,
): Promise<readonly Issue[] | undefined> => {
  try {
    const { data } = await api.ask<{ issues: Issue[] }>('POST', '/v1/journeys/check', { body: text, signal });
    return data.issues;
  } catch (error) {
    return error instanceof Problem && error.issues.length > 0 ? error.issues : undefined;
  }
};
