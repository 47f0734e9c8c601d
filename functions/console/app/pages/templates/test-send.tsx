import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Confirm } from '../../parts/confirm.tsx';
import { Field } from '../../parts/field.tsx';
import { useTell } from '../../parts/tell.ts';
import { useSession } from '../../session/session.tsx';
import { words } from '../../words/words.ts';

const said = words.documents.templates;

export interface TestSendProps {
  /** Of the template, in the API. */
  at: string;
  /** What the preview shows. */
  body: Record<string, unknown>;
  onClose(): void;
}

export const TestSend = ({ at, body, onClose }: TestSendProps) => {
  const { api } = useSession();
  const tell = useTell();
  const [to, set] = useState('');
  const work = useMutation({
    mutationFn: () => api.ask('POST', `${at}/test`, { body: { ...body, to: to.trim() } }),
    onSuccess: () => {
      tell(said.tested(to.trim()));
      onClose();
    },
  });
  return (
    <Confirm
      title={said.test}
      verb={said.testSend}
      busy={work.isPending}
      error={work.error}
      onConfirm={() => work.mutate()}
      onClose={onClose}
    >
      <Field label={said.testTo} hint={said.testHint}>
        <input type="email" value={to} onChange={({ target }) => set(target.value)} />
      </Field>
    </Confirm>
  );
};
