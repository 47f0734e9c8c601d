import { useEffect, useState } from 'react';
import { Problem } from '../api/problem.ts';
import { Bones } from '../parts/bones.tsx';
import { Failed } from '../parts/failed.tsx';
import { words } from '../words/words.ts';
import { askMe } from './ask-me.ts';
import type { Me } from './me.ts';

export interface CheckingProps {
  token: string;
  onKnown(me: Me): void;
  onEnd(why: string): void;
}

/** After the page was loaded anew: the tab still has a token, and the API says whether it holds. */
export const Checking = ({ token, onKnown, onEnd }: CheckingProps) => {
  const [problem, setProblem] = useState<unknown>();
  const [tries, setTries] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once for each token and try
  useEffect(() => {
    const stop = new AbortController();
    askMe(token, stop.signal)
      .then(onKnown)
      .catch((error: unknown) => {
        if (stop.signal.aborted) return;
        if (error instanceof Problem && error.status === 401) onEnd(words.session.ended);
        else setProblem(error);
      });
    return () => stop.abort();
  }, [token, tries]);
  return (
    <div className="page" aria-busy={problem === undefined}>
      {problem === undefined ? (
        <Bones rows={6} />
      ) : (
        <Failed
          error={problem}
          onAgain={() => {
            setProblem(undefined);
            setTries(tries + 1);
          }}
        />
      )}
    </div>
  );
};
