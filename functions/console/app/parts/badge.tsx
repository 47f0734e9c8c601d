import type { ReactNode } from 'react';
import { Icon, type IconName } from './icon.tsx';
import type { Tone } from './note.tsx';

export const Badge = ({ tone, icon, children }: { tone?: Tone; icon?: IconName; children: ReactNode }) => (
  <span className="badge" data-tone={tone}>
    {icon && <Icon name={icon} />}
    {children}
  </span>
);
