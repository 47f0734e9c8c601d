import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useLocation } from 'wouter';
import type { Contact } from '#model/contact';
import { Problem } from '../../../api/problem.ts';
import { Button } from '../../../parts/button.tsx';
import { FailureNote } from '../../../parts/confirm.tsx';
import { Field } from '../../../parts/field.tsx';
import { Icon } from '../../../parts/icon.tsx';
import { useSession } from '../../../session/session.tsx';
import { words } from '../../../words/words.ts';
import { askFor } from '../contact.ts';

const said = words.contacts;

/** By whole addresses, and by nothing that would stand in the history of the browser. */
export const Find = () => {
  const { api } = useSession();
  const queries = useQueryClient();
  const [, go] = useLocation();
  const [typed, type] = useState('');
  const [fault, setFault] = useState<string>();
  const find = useMutation({
    mutationFn: (path: string) => api.ask<Contact>('GET', path),
    onSuccess: ({ data, etag }) => {
      queries.setQueryData(['contacts', data.id], { contact: data, etag });
      go(`/contacts/${data.id}`);
    },
    onError: (error) => setFault(isUnknown(error) ? said.notFound : undefined),
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const asked = askFor(typed);
    setFault(asked && 'fault' in asked ? asked.fault : undefined);
    if (asked && 'path' in asked) find.mutate(asked.path);
  };
  return (
    <search>
      <form className="find" onSubmit={submit} noValidate>
        <Field label={said.find} hint={said.findLabel} fault={fault}>
          <input
            type="search"
            autoComplete="off"
            spellCheck={false}
            value={typed}
            onChange={(event) => type(event.target.value)}
          />
        </Field>
        <Button type="submit" busy={find.isPending}>
          <Icon name="search" />
          {said.findButton}
        </Button>
      </form>
      {find.error && !isUnknown(find.error) && <FailureNote error={find.error} />}
    </search>
  );
};

const isUnknown = (error: unknown): boolean => error instanceof Problem && [400, 404].includes(error.status);
