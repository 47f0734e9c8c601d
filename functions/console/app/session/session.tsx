import { createContext, useContext } from 'react';
import type { Api } from '../api/api.ts';
import type { Me, Role } from './me.ts';

export interface Session {
  api: Api;
  me: Me;
  may(needed: Role): boolean;
  signOut(): void;
}

export const SessionContext = createContext<Session | undefined>(undefined);

export const useSession = (): Session => {
  const session = useContext(SessionContext);
  if (!session) throw new Error('a page was shown before somebody signed in');
  return session;
};
