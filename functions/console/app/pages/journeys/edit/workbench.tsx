import { type ReactNode, useMemo, useRef, useState } from 'react';
import type { Issue } from '#kernel/issue';
import Editor from '../../../editor/editor.tsx';
import { reader } from '../../../editor/reader.ts';
import { arrange } from '../../../flow/arrange.ts';
import Flow from '../../../flow/flow.tsx';
import { Badge } from '../../../parts/badge.tsx';
import { Button } from '../../../parts/button.tsx';
import { Empty } from '../../../parts/empty.tsx';
import { Icon } from '../../../parts/icon.tsx';
import { useTell } from '../../../parts/tell.ts';
import { words } from '../../../words/words.ts';
import { IssueList } from './issue-list.tsx';
import { countOf, issuesByStep } from './issues.ts';
import { type Known, useChecked } from './use-checked.ts';

const said = words.journeys.edit;

export interface WorkbenchProps {
  text: string;
  onChange(text: string): void;
  /** A step whose line is shown first. */
  step?: string | undefined;
  /** Buttons, given what is known of the text. */
  actions(known: Known): ReactNode;
  /** Between the head and the text. */
  notes?: ReactNode;
}

type Place = { line: number; column?: number | undefined };

/** The text, its tree and its issues, each leading to the others. */
export const Workbench = ({ text, onChange, step, actions, notes }: WorkbenchProps) => {
  const known = useChecked(text);
  const { checked, issues, confirmed, busy } = known;
  const [place, goTo] = useState<Place>();
  const [selected, select] = useState(step);
  const arranged = useMemo(() => checked?.readable && arrange(checked.readable), [checked]);
  const onSteps = useMemo(() => issuesByStep(issues, checked?.steps ?? []), [issues, checked]);
  useFirstPlace(step, known, goTo);

  const choose = (id: string | undefined): void => {
    select(id);
    const line = checked?.steps.find((one) => one.id === id)?.line;
    if (line !== undefined && id !== selected) goTo({ line });
  };
  const goToIssue = (issue: Issue): void => {
    goTo({ line: issue.line ?? 1, column: issue.column });
    select([...onSteps].find(([, found]) => found.includes(issue))?.[0]);
  };

  return (
    <section className="card">
      <div className="card-head">
        <Verdict known={known} />
        <div className="row">
          <TextTools text={text} onChange={onChange} />
          {actions(known)}
        </div>
      </div>
      {notes}
      <div className="workbench">
        <div className="workbench-text">
          <Editor label={said.editor} text={text} onChange={onChange} issues={issues} goTo={place} />
        </div>
        <div className="workbench-tree">
          {arranged ? (
            <Flow
              arranged={arranged}
              label={said.picture}
              selected={selected}
              reveal={selected}
              issues={onSteps}
              onSelect={choose}
            />
          ) : (
            <Empty icon="tree" title={said.noTree} />
          )}
        </div>
        {issues.length > 0 && <IssueList issues={issues} onGo={goToIssue} />}
      </div>
      <p className="small faint workbench-foot">{busy || confirmed ? said.keys : said.alone}</p>
    </section>
  );
};

const useFirstPlace = (step: string | undefined, { checked }: Known, goTo: (place: Place) => void): void => {
  const done = useRef(step === undefined);
  const line = checked?.steps.find(({ id }) => id === step)?.line;
  if (!done.current && line !== undefined) {
    done.current = true;
    queueMicrotask(() => goTo({ line }));
  }
};

const Verdict = ({ known: { issues, busy } }: { known: Known }) => {
  const { errors, warnings } = countOf(issues);
  return (
    <div className="row" role="status">
      {busy ? (
        <Badge>{said.checking}</Badge>
      ) : issues.length === 0 ? (
        <Badge tone="good" icon="good">
          {said.good}
        </Badge>
      ) : (
        <Badge tone={errors > 0 ? 'bad' : 'warn'} icon={errors > 0 ? 'error' : 'warn'}>
          {said.issues(errors, warnings)}
        </Badge>
      )}
    </div>
  );
};

const TextTools = ({ text, onChange }: Pick<WorkbenchProps, 'text' | 'onChange'>) => {
  const tell = useTell();
  const file = useRef<HTMLInputElement>(null);
  const mend = async (): Promise<void> => {
    const { text: mended, repaired } = await reader.mend(text);
    if (repaired > 0) onChange(mended);
    tell(repaired > 0 ? said.mended(repaired) : said.nothingToMend);
  };
  return (
    <>
      <input
        ref={file}
        type="file"
        accept=".json,application/json"
        hidden
        onChange={async ({ target }) => {
          const chosen = target.files?.[0];
          target.value = '';
          if (chosen) onChange(await chosen.text());
        }}
      />
      <Button tone="plain" onClick={() => file.current?.click()}>
        <Icon name="upload" />
        {said.upload}
      </Button>
      <Button tone="plain" onClick={() => void mend()}>
        <Icon name="good" />
        {said.mend}
      </Button>
    </>
  );
};
