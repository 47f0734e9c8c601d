import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useCallback, useMemo, useState } from 'react';
import { createApi } from '../api/api.ts';
import { line } from '../api/line.ts';
import { words } from '../words/words.ts';
import { Checking } from './checking.tsx';
import { type Me, may } from './me.ts';
import { type Session, SessionContext } from './session.tsx';
import { SignIn } from './sign-in.tsx';
import { keptToken } from './token.ts';

interface State {
  token?: string | undefined;
  /** Known once the API was asked. */
  me?: Me | undefined;
  /** Why somebody is asked to sign in again. */
  told?: string | undefined;
}

/** Nothing below is shown before the API said whose token it is. */
export const SessionGate = ({ children }: { children: ReactNode }) => {
  const queries = useQueryClient();
  const [{ token, me, told }, set] = useState<State>(() => ({ token: keptToken.read() }));
  const end = useCallback(
    (why?: string): void => {
      keptToken.forget();
      queries.clear();
      set({ told: why });
    },
    [queries],
  );
  const session = useMemo(
    () => (token !== undefined && me ? createSession(token, me, end) : undefined),
    [token, me, end],
  );
  if (token === undefined)
    return (
      <SignIn
        told={told}
        onSignedIn={(given, who) => {
          keptToken.keep(given);
          set({ token: given, me: who });
        }}
      />
    );
  if (!session) return <Checking token={token} onKnown={(who) => set({ token, me: who })} onEnd={end} />;
  return <SessionContext value={session}>{children}</SessionContext>;
};

const createSession = (token: string, me: Me, end: (why?: string) => void): Session => ({
  api: createApi({
    token,
    fetch: (...asked) => fetch(...asked),
    onRefused: () => end(words.session.ended),
    onTried: (answered) => line.tell(!answered),
  }),
  me,
  may: (needed) => may(me, needed),
  signOut: () => end(),
});
