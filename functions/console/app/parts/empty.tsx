import type { ReactNode } from 'react';
import { Icon, type IconName } from './icon.tsx';

export interface EmptyProps {
  icon?: IconName;
  title: string;
  text?: string;
  /** What to do about it. */
  children?: ReactNode;
}

export const Empty = ({ icon = 'box', title, text, children }: EmptyProps) => (
  <div className="empty">
    <span className="empty-icon">
      <Icon name={icon} />
    </span>
    <h2>{title}</h2>
    {text !== undefined && <p>{text}</p>}
    {children !== undefined && <div className="row">{children}</div>}
  </div>
);
