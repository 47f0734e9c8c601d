import type { ReactNode } from 'react';
import { words } from '../words/words.ts';
import { Button } from './button.tsx';
import { describeFailure } from './describe-failure.ts';
import { Dialog } from './dialog.tsx';
import { Note } from './note.tsx';

export interface ConfirmProps {
  title: string;
  /** The word on the button: what it does, never "OK". */
  verb: string;
  tone?: 'main' | 'bad';
  busy: boolean;
  error?: unknown;
  onConfirm(): void;
  onClose(): void;
  /** What will happen, to whom. */
  children: ReactNode;
}

export const Confirm = ({
  title,
  verb,
  tone = 'main',
  busy,
  error,
  onConfirm,
  onClose,
  children,
}: ConfirmProps) => (
  <Dialog
    title={title}
    onClose={onClose}
    foot={
      <>
        <Button onClick={onClose}>{words.common.cancel}</Button>
        <Button tone={tone} busy={busy} onClick={onConfirm}>
          {verb}
        </Button>
      </>
    }
  >
    {children}
    {error !== undefined && error !== null && <FailureNote error={error} />}
  </Dialog>
);

/** Beside a button that was pressed: why it did not happen. */
export const FailureNote = ({ error }: { error: unknown }) => {
  const { title, text } = describeFailure(error);
  return (
    <Note tone="bad" title={title}>
      {text === '' ? undefined : text}
    </Note>
  );
};
