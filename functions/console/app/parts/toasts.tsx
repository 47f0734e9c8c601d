import { type ReactNode, useCallback, useState } from 'react';
import { words } from '../words/words.ts';
import { Button } from './button.tsx';
import { Icon } from './icon.tsx';
import { type Tell, TellContext } from './tell.ts';

interface Toast {
  id: number;
  text: string;
  tone: NonNullable<Parameters<Tell>[1]>;
}

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
