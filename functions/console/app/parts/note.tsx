import type { ReactNode } from 'react';
import { Icon, type IconName } from './icon.tsx';

export type Tone = 'info' | 'good' | 'warn' | 'bad';

const icons: Readonly<Record<Tone, IconName>> = { info: 'info', good: 'good', warn: 'warn', bad: 'error' };

export interface NoteProps {
  tone?: Tone;
  title?: string;
  children?: ReactNode;
}

/** Something to know beside what one came for. */
export const Note = ({ tone = 'info', title, children }: NoteProps) => (
  <div className="note" data-tone={tone} role={tone === 'bad' ? 'alert' : 'note'}>
    <Icon name={icons[tone]} />
    <div className="column-tight">
      {title !== undefined && <p className="note-title">{title}</p>}
      {typeof children === 'string' ? <p>{children}</p> : children}
    </div>
  </div>
);
