import { useSyncExternalStore } from 'react';
import { Icon } from '../parts/icon.tsx';
import { words } from '../words/words.ts';

const listen = (changed: () => void): (() => void) => {
  addEventListener('online', changed);
  addEventListener('offline', changed);
  return () => {
    removeEventListener('online', changed);
    removeEventListener('offline', changed);
  };
};

export const OfflineBanner = () => {
  const online = useSyncExternalStore(listen, () => navigator.onLine);
  return (
    <div role="status">
      {!online && (
        <div className="banner">
          <Icon name="offline" />
          {words.common.offline}
        </div>
      )}
    </div>
  );
};
