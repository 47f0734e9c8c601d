import { type FormEvent, useEffect, useId, useRef, useState } from 'react';
import { Problem } from '../api/problem.ts';
import { Button } from '../parts/button.tsx';
import { Icon } from '../parts/icon.tsx';
import { Note } from '../parts/note.tsx';
import { words } from '../words/words.ts';
import { askMe } from './ask-me.ts';
import type { Me } from './me.ts';
import { readToken } from './token.ts';

const said = words.session;

export interface SignInProps {
  told?: string | undefined;
  onSignedIn(token: string, me: Me): void;
}

export const SignIn = ({ told, onSignedIn }: SignInProps) => {
  const field = useRef<HTMLInputElement>(null);
  const id = useId();
  const [fault, setFault] = useState<string>();
  const [busy, setBusy] = useState(false);
  const [shown, setShown] = useState(false);
  useEffect(() => {
    document.title = `${said.title} · ${words.shell.product}`;
    field.current?.focus();
  }, []);

  const enter = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const read = readToken(field.current?.value ?? '');
    if ('fault' in read) return refuse(said[read.fault]);
    setBusy(true);
    setFault(undefined);
    try {
      onSignedIn(read.token, await askMe(read.token));
    } catch (error) {
      refuse(wordsOf(error));
      setBusy(false);
    }
  };
  const refuse = (why: string): void => {
    setFault(why);
    field.current?.focus();
  };

  return (
    <main className="door">
      <form className="door-card" onSubmit={enter} noValidate>
        <p className="brand">
          <img src="/favicon.svg" alt="" />
          {words.shell.product}
        </p>
        {told !== undefined && <Note tone="warn">{told}</Note>}
        <div className="column-tight">
          <h1>{said.title}</h1>
          <p className="soft">{said.lead}</p>
        </div>
        <div className="field">
          <label className="field-label" htmlFor={id}>
            {said.token}
          </label>
          <input
            ref={field}
            id={id}
            className="input mono"
            type={shown ? 'text' : 'password'}
            autoComplete="current-password"
            spellCheck={false}
            aria-invalid={fault !== undefined}
            aria-describedby={`${id}-hint ${id}-fault`}
          />
          <span className="field-fault" id={`${id}-fault`} role="alert">
            {fault}
          </span>
          <label className="check small">
            <input type="checkbox" checked={shown} onChange={() => setShown(!shown)} />
            {said.show}
          </label>
          <span className="field-hint" id={`${id}-hint`}>
            {said.hint}
          </span>
        </div>
        <Button tone="main" type="submit" busy={busy}>
          <Icon name="enter" />
          {busy ? said.checking : said.enter}
        </Button>
      </form>
    </main>
  );
};

const wordsOf = (error: unknown): string => {
  if (!(error instanceof Problem)) throw error;
  if (error.status === 401) return said.refused;
  return error.status === 0
    ? words.common.unreachable.text
    : `${words.common.failed.title} (${error.status}).`;
};
