import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { FormSource } from '#model/form';
import { Problem } from '../../api/problem.ts';
import { RoleButton } from '../../parts/button.tsx';
import { FailureNote } from '../../parts/confirm.tsx';
import { Field } from '../../parts/field.tsx';
import { Issues } from '../../parts/issues.tsx';
import { Note } from '../../parts/note.tsx';
import { useSession } from '../../session/session.tsx';
import { words } from '../../words/words.ts';
import { type Input, inputsOf } from './inputs.ts';

const said = words.documents.forms;

type Values = Readonly<Record<string, string>>;

/** The same form, posted where a website would post it. */
export const Trial = ({ id, form }: { id: string; form: FormSource }) => {
  const { api } = useSession();
  const [values, set] = useState<Values>({});
  const work = useMutation({
    mutationFn: () =>
      api.ask<{ ignored?: string[] }>('POST', `/v1/forms/${encodeURIComponent(id)}`, { body: values }),
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    work.mutate();
  };
  const change = (name: string, value: string): void => {
    const { [name]: _, ...others } = values;
    set(value === '' ? others : { ...others, [name]: value });
  };
  const ignored = work.data?.data.ignored ?? [];
  return (
    <form className="trial" onSubmit={submit} noValidate>
      <p className="soft">{said.trialLead}</p>
      {inputsOf(form)
        .filter(({ type }) => type !== 'hidden')
        .map((input) => (
          <Control
            key={input.name}
            input={input}
            value={values[input.name] ?? ''}
            onChange={(value) => change(input.name, value)}
          />
        ))}
      {work.error && <FailureNote error={work.error} />}
      {work.error instanceof Problem && <Issues issues={work.error.issues} />}
      {work.isSuccess && (
        <Note tone="good" title={said.trialDone}>
          {ignored.length > 0 ? said.ignored(ignored.join(', ')) : undefined}
        </Note>
      )}
      <div className="row">
        <RoleButton needs="publisher" type="submit" tone="main" busy={work.isPending}>
          {said.trialSend}
        </RoleButton>
      </div>
    </form>
  );
};

interface ControlProps {
  input: Input;
  value: string;
  onChange(value: string): void;
}

const Control = ({ input, value, onChange }: ControlProps) => {
  if (input.type === 'checkbox')
    return (
      <label className="check">
        <input
          type="checkbox"
          checked={value !== ''}
          onChange={() => onChange(value === '' ? (input.value ?? 'yes') : '')}
        />
        {input.label}
      </label>
    );
  return (
    <Field label={input.label}>
      {input.type === 'select' ? (
        <select value={value} onChange={({ target }) => onChange(target.value)}>
          <option value="" />
          {input.options?.map((option) => (
            <option key={option}>{option}</option>
          ))}
        </select>
      ) : (
        <input
          type={input.type === 'number' ? 'text' : input.type}
          value={value}
          onChange={({ target }) => onChange(target.value)}
        />
      )}
    </Field>
  );
};
