import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useSyncExternalStore } from 'react';
import { line } from '../api/line.ts';
import { Icon } from '../parts/icon.tsx';
import { useSession } from '../session/session.tsx';
import { words } from '../words/words.ts';

const listen = (changed: () => void): (() => void) => {
  addEventListener('online', changed);
  addEventListener('offline', changed);
  return () => {
    removeEventListener('online', changed);
    removeEventListener('offline', changed);
  };
};

const askedAgainMs = 3_000;

/** Once there is an answer, what is shown is read anew. */
const useAskAgain = (away: boolean): void => {
  const { api } = useSession();
  const queries = useQueryClient();
  useEffect(() => {
    if (!away) return;
    const ask = async (): Promise<void> => {
      // Whether it failed again, the line knows.
      if (await api.get('/v1/me').catch(() => undefined)) await queries.refetchQueries({ type: 'active' });
    };
    const asking = setInterval(() => void ask(), askedAgainMs);
    return () => clearInterval(asking);
  }, [away, api, queries]);
};

export const OfflineBanner = () => {
  const online = useSyncExternalStore(listen, () => navigator.onLine);
  const away = useSyncExternalStore(line.listen, line.isAway);
  useAskAgain(away);
  return (
    <div role="status">
      {(!online || away) && (
        <div className="banner">
          <Icon name="offline" />
          {online ? words.common.away : words.common.offline}
        </div>
      )}
    </div>
  );
};
