import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useLocation } from 'wouter';
import type { ImportAnswer } from '#functions/contacts/importing/answer';
import type { Api } from '../../../api/api.ts';
import { Problem } from '../../../api/problem.ts';
import { Button } from '../../../parts/button.tsx';
import { FailureNote } from '../../../parts/confirm.tsx';
import { Field } from '../../../parts/field.tsx';
import { Icon } from '../../../parts/icon.tsx';
import { Issues } from '../../../parts/issues.tsx';
import { Card, Page } from '../../../parts/page.tsx';
import { useSession } from '../../../session/session.tsx';
import { number } from '../../../words/format.ts';
import { words } from '../../../words/words.ts';
import { decodeFile, splitCsv } from './csv-file.ts';

const said = words.contacts.imports;
/** Lambda takes 6 MB; a character may be three bytes. */
const partChars = 1_000_000;

interface Options {
  consentText: string;
  tag: string;
  dates: keyof typeof said.datesKinds;
  decimal: keyof typeof said.decimals;
}

const queryOf = ({ consentText, tag, dates, decimal }: Options, parts: number): string => {
  const query = new URLSearchParams({ parts: String(parts) });
  if (consentText.trim() !== '') query.set('consentText', consentText.trim());
  if (tag.trim() !== '') query.set('tag', tag.trim());
  if (dates !== '') query.set('dates', dates);
  if (decimal !== '') query.set('decimal', decimal);
  return String(query);
};

class NoRows extends Error {}

const send = async (
  api: Api,
  file: File,
  options: Options,
  onPart: (done: number, of: number) => void,
): Promise<string> => {
  const parts = splitCsv(decodeFile(new Uint8Array(await file.arrayBuffer())), partChars);
  if (parts.length === 0) throw new NoRows();
  const path = `/v1/contacts/import?${queryOf(options, parts.length)}`;
  const { id } = (await api.ask<ImportAnswer>('POST', path)).data;
  for (const [i, body] of parts.entries()) {
    onPart(i + 1, parts.length);
    await api.ask('PUT', `/v1/imports/${id}/parts/${i + 1}`, { body, type: 'text/csv; charset=utf-8' });
  }
  return id;
};

const NewImport = () => {
  const { api } = useSession();
  const [, go] = useLocation();
  const [file, choose] = useState<File>();
  const [options, set] = useState<Options>({ consentText: '', tag: '', dates: '', decimal: '' });
  const [sent, tellSent] = useState<[number, number]>();
  const work = useMutation({
    mutationFn: (chosen: File) => send(api, chosen, options, (done, of) => tellSent([done, of])),
    onSuccess: (id) => go(`/contacts/imports/${id}`),
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (file) work.mutate(file);
  };
  return (
    <Page title={said.title} lead={said.lead} crumbs={[{ to: '/contacts', name: words.contacts.title }]}>
      <form onSubmit={submit} noValidate>
        <Card>
          <FileField file={file} onChoose={choose} />
          <Field label={said.consentText} hint={said.consentHint}>
            <textarea
              maxLength={2000}
              value={options.consentText}
              onChange={({ target }) => set({ ...options, consentText: target.value })}
            />
          </Field>
          <Field label={said.tag} hint={said.tagHint}>
            <input
              maxLength={100}
              value={options.tag}
              onChange={({ target }) => set({ ...options, tag: target.value })}
            />
          </Field>
          <OneOf
            label={said.dates}
            kinds={said.datesKinds}
            value={options.dates}
            onChoose={(dates) => set({ ...options, dates })}
          />
          <OneOf
            label={said.decimal}
            kinds={said.decimals}
            value={options.decimal}
            onChoose={(decimal) => set({ ...options, decimal })}
          />
          {work.error && <Refused error={work.error} />}
          <div className="row">
            <Button tone="main" type="submit" busy={work.isPending} disabled={!file}>
              <Icon name="upload" />
              {said.start}
            </Button>
            <span role="status" className="soft">
              {work.isPending && (sent ? said.sending(...sent) : said.reading)}
            </span>
          </div>
        </Card>
      </form>
    </Page>
  );
};

export default NewImport;

interface OneOfProps<T extends string> {
  label: string;
  kinds: Readonly<Record<T, string>>;
  value: T;
  onChoose(value: T): void;
}

const OneOf = <T extends string>({ label, kinds, value, onChoose }: OneOfProps<T>) => (
  <Field label={label}>
    <select value={value} onChange={({ target }) => onChoose(target.value as T)}>
      {Object.entries<string>(kinds).map(([kind, name]) => (
        <option key={kind} value={kind}>
          {name}
        </option>
      ))}
    </select>
  </Field>
);

const FileField = ({ file, onChoose }: { file: File | undefined; onChoose(file: File): void }) => (
  <label
    className="file"
    onDragOver={(event) => event.preventDefault()}
    onDrop={(event) => {
      event.preventDefault();
      const [dropped] = event.dataTransfer.files;
      if (dropped) onChoose(dropped);
    }}
  >
    <Icon name="upload" />
    <span>{file ? said.chosen(file.name, `${number(file.size / 1024)} KB`) : said.drop}</span>
    <input
      type="file"
      className="hidden"
      accept=".csv,.txt,text/csv,text/plain"
      aria-label={said.file}
      onChange={({ target }) => target.files?.[0] && onChoose(target.files[0])}
    />
  </label>
);

const Refused = ({ error }: { error: Error }) => {
  if (error instanceof NoRows) return <p className="field-fault">{said.empty}</p>;
  return (
    <>
      <FailureNote error={error} />
      {error instanceof Problem && <Issues issues={error.issues} />}
    </>
  );
};
