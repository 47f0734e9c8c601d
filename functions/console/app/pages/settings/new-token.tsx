import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '../../parts/button.tsx';
import { Confirm } from '../../parts/confirm.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { Field } from '../../parts/field.tsx';
import { Icon } from '../../parts/icon.tsx';
import { useTell } from '../../parts/tell.ts';
import type { Role } from '../../session/me.ts';
import { useSession } from '../../session/session.tsx';
import { words } from '../../words/words.ts';
import type { MadeToken } from './tokens.tsx';

const said = words.settings.tokens;
const roles = Object.keys(said.roles) as Role[];

export const NewToken = ({ onMade, onClose }: { onMade(made: MadeToken): void; onClose(): void }) => {
  const { api } = useSession();
  const queries = useQueryClient();
  const [wish, set] = useState<{ name: string; role: Role; validFor: string }>({
    ...{ name: '', role: 'viewer', validFor: '90 days' },
  });
  const { name, role, validFor } = wish;
  const work = useMutation({
    mutationFn: async () => {
      const body = { name: name.trim(), role, ...(validFor === '' ? {} : { validFor }) };
      return (await api.ask<MadeToken>('POST', '/v1/tokens', { body })).data;
    },
    onSuccess: (made) => {
      onClose();
      onMade(made);
      return queries.invalidateQueries({ queryKey: ['tokens'] });
    },
  });
  return (
    <Confirm
      title={said.add}
      verb={said.make}
      busy={work.isPending}
      error={work.error}
      onConfirm={() => work.mutate()}
      onClose={onClose}
    >
      <Field label={said.name} hint={said.nameHint}>
        <input maxLength={100} value={name} onChange={({ target }) => set({ ...wish, name: target.value })} />
      </Field>
      <Field label={said.role}>
        <select value={role} onChange={({ target }) => set({ ...wish, role: target.value as Role })}>
          {roles.map((one) => (
            <option key={one} value={one}>
              {said.roles[one]}
            </option>
          ))}
        </select>
      </Field>
      <Field label={said.validFor}>
        <select value={validFor} onChange={({ target }) => set({ ...wish, validFor: target.value })}>
          {Object.entries(said.validities).map(([value, text]) => (
            <option key={value} value={value}>
              {text}
            </option>
          ))}
        </select>
      </Field>
    </Confirm>
  );
};

export const MadeSecret = ({ made, onClose }: { made: MadeToken; onClose(): void }) => {
  const tell = useTell();
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(made.token);
    tell(said.copied);
  };
  return (
    <Dialog
      title={said.made(made.name)}
      onClose={onClose}
      foot={
        <>
          <Button onClick={() => void copy()}>
            <Icon name="copy" />
            {said.copy}
          </Button>
          <Button tone="main" onClick={onClose}>
            {words.common.close}
          </Button>
        </>
      }
    >
      <p>{said.once}</p>
      <p className="secret">{made.token}</p>
    </Dialog>
  );
};
