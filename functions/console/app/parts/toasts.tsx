import { createContext, type ReactNode, useCallback, useContext, useState } from 'react';
import { words } from '../words/words.ts';
import { Button } from './button.tsx';
import { Icon } from './icon.tsx';

interface Toast {
  id: number;
  text: string;
  tone: 'good' | 'bad';
}

export type Tell = (text: string, tone?: Toast['tone']) => void;
const TellContext = createContext<Tell>(() => {});

/** Says briefly that something happened; also aloud. */
export const useTell = (): Tell => useContext(TellContext);

const shownMs = 6_000;
let made = 0;

export const Toasts = ({ children }: { children: ReactNode }) => {
  const [toasts, set] = useState<readonly Toast[]>([]);
  const drop = useCallback((id: number) => set((all) => all.filter((one) => one.id !== id)), []);
  const tell = useCallback<Tell>(
    (text, tone = 'good') => {
      const id = ++made;
      set((all) => [...all.slice(-2), { id, text, tone }]);
      setTimeout(() => drop(id), shownMs);
    },
    [drop],
  );
  return (
    <TellContext value={tell}>
      {children}
      <div className="toasts" role="status">
        {toasts.map(({ id, text, tone }) => (
          <div key={id} className="toast" data-tone={tone}>
            <span className="toast-icon">
              <Icon name={tone === 'good' ? 'good' : 'error'} />
            </span>
            <div>{text}</div>
            <Button tone="plain" onlyIcon aria-label={words.common.close} onClick={() => drop(id)}>
              <Icon name="close" />
            </Button>
          </div>
        ))}
      </div>
    </TellContext>
  );
};
