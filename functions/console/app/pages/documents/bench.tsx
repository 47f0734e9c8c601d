import { useMutation, useQueryClient } from '@tanstack/react-query';
import { lazy, type ReactNode, Suspense, useEffect, useMemo, useState } from 'react';
import { useLocation } from 'wouter';
import type { Issue } from '#kernel/issue';
import { Problem } from '../../api/problem.ts';
import { Badge } from '../../parts/badge.tsx';
import { Bones } from '../../parts/bones.tsx';
import { RoleButton } from '../../parts/button.tsx';
import { Choice } from '../../parts/choice.tsx';
import { Field } from '../../parts/field.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Issues } from '../../parts/issues.tsx';
import { Note } from '../../parts/note.tsx';
import { useTell } from '../../parts/tell.ts';
import type { Role } from '../../session/me.ts';
import { useSession } from '../../session/session.tsx';
import { words } from '../../words/words.ts';
import { unsaved } from '../journeys/edit/unsaved.ts';
import { isId, type Parts, putTogether, takeApart } from './parts.ts';
import { type DocumentRead, documentAt, type Kind } from './queries.ts';
import { Refused } from './refused.tsx';

const Editor = lazy(() => import('../../editor/editor.tsx'));
const said = words.documents;

/** What beside the text is told of it. */
export interface Draft {
  id: string;
  /** Undefined while it cannot be read. */
  value: unknown;
  isSaved: boolean;
  change(parts: Parts): void;
  parts: Parts;
}

export interface BenchProps {
  kind: Kind;
  /** Of one that is there; a new one is given its id here. */
  id?: string;
  read: DocumentRead;
  bodies?: readonly string[];
  needs: Role;
  label: string;
  children(draft: Draft): ReactNode;
}

/** `de.mjml` is MJML in German. */
const partName = (part: string): string => {
  const [tag = '', body = tag] = part.split('.');
  const name = said.parts[body] ?? body;
  return part.includes('.') ? `${name} ${tag}` : name;
};

const languages = { templates: 'template', segments: 'segment', forms: 'form' } as const;

const noIssues: readonly Issue[] = [];

/** A document as text on one side, what becomes of it on the other. */
export const Bench = ({ kind, id, read, bodies = [], needs, label, children }: BenchProps) => {
  const { api } = useSession();
  const queries = useQueryClient();
  const tell = useTell();
  const [, go] = useLocation();
  const [newId, setNewId] = useState('');
  const name = id ?? newId;
  const [base, setBase] = useState(() => ({ parts: takeApart(read.document, bodies), etag: read.etag }));
  const kept = `${kind}/${id ?? ''}`;
  const [parts, setParts] = useState<Parts>(() => {
    const text = unsaved.read(kept);
    return text === undefined ? base.parts : (JSON.parse(text) as Parts);
  });
  const [shown, show] = useState('json');
  const put = useMemo(() => putTogether(parts), [parts]);
  const isChanged = id === undefined || JSON.stringify(parts) !== JSON.stringify(base.parts);
  useEffect(
    () => unsaved.keep(kept, isChanged && id !== undefined ? JSON.stringify(parts) : undefined),
    [kept, parts, isChanged, id],
  );
  const save = useMutation({
    mutationFn: () =>
      api.ask<{ issues: Issue[] }>('PUT', documentAt(kind, name), { body: put.value, ifMatch: base.etag }),
    onSuccess: async ({ etag }) => {
      setBase({ parts, etag });
      tell(said.saved(name));
      await queries.invalidateQueries({ queryKey: [kind] });
      if (id === undefined) go(`/${kind}/${name}`);
    },
  });
  const loadTheirs = async (): Promise<void> => {
    const { data, etag } = await api.ask<unknown>('GET', documentAt(kind, name));
    const theirs = takeApart(data, bodies);
    setBase({ parts: theirs, etag });
    setParts(theirs);
    save.reset();
  };
  const refused = save.error instanceof Problem ? save.error.issues : noIssues;
  return (
    <div className="bench">
      <section className="card" aria-label={label}>
        <div className="card-head">
          {bodies.length > 0 ? (
            <Choice
              label={said.partsLabel}
              options={Object.keys(parts).map((value) => ({ value, name: partName(value) }))}
              value={shown}
              onChoose={show}
            />
          ) : (
            <span>{isChanged && <Badge tone="warn">{said.unsaved}</Badge>}</span>
          )}
          <div className="row">
            {bodies.length > 0 && isChanged && <Badge tone="warn">{said.unsaved}</Badge>}
            <RoleButton
              needs={needs}
              tone="main"
              busy={save.isPending}
              disabled={!isChanged || put.fault !== undefined || !isId(name)}
              onClick={() => save.mutate()}
            >
              <Icon name="upload" />
              {said.save}
            </RoleButton>
          </div>
        </div>
        {id === undefined && (
          <div className="card-body">
            <Field
              label={said.id}
              hint={said.idHint}
              fault={newId !== '' && !isId(newId) ? said.idFault : undefined}
            >
              <input spellCheck={false} value={newId} onChange={({ target }) => setNewId(target.value)} />
            </Field>
          </div>
        )}
        {save.error && <Refused error={save.error} onLoad={() => void loadTheirs()} />}
        {put.fault !== undefined && <Note tone="warn">{said.notJson(put.fault)}</Note>}
        <div className="bench-text">
          <Suspense fallback={<Bones rows={8} />}>
            <Editor
              key={shown}
              label={label}
              language={shown === 'json' ? languages[kind] : 'text'}
              text={parts[shown] ?? ''}
              onChange={(text) => setParts((before) => ({ ...before, [shown]: text }))}
              issues={noIssues}
            />
          </Suspense>
        </div>
        <div className="bench-foot column-tight">
          <Issues issues={[...refused, ...(save.data?.data.issues ?? [])]} />
          <p className="small faint">{said.keys}</p>
        </div>
      </section>
      <div className="column">
        {children({ id: name, value: put.value, isSaved: !isChanged, parts, change: setParts })}
      </div>
    </div>
  );
};
