import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import type * as z from 'zod';
import type { tasksSchema } from '#functions/journeys/answer-task/schemas';
import { Badge } from '../../parts/badge.tsx';
import { RoleButton } from '../../parts/button.tsx';
import { Confirm } from '../../parts/confirm.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { Card, Page } from '../../parts/page.tsx';
import { Pager, usePages } from '../../parts/pager.tsx';
import { Points } from '../../parts/points.tsx';
import { useTell } from '../../parts/tell.ts';
import { useSession } from '../../session/session.tsx';
import { dateTime } from '../../words/format.ts';
import { words } from '../../words/words.ts';
import { dueOf, type ListedTask, whoOf } from './describe.ts';

const said = words.tasks;

const Tasks = () => {
  const { api } = useSession();
  const pages = usePages();
  const query = useQuery({
    queryKey: ['tasks', pages.cursor],
    queryFn: ({ signal }) =>
      api.get<z.output<typeof tasksSchema>>(
        `/v1/tasks?limit=25${pages.cursor ? `&cursor=${pages.cursor}` : ''}`,
        signal,
      ),
    refetchInterval: 15_000,
    placeholderData: (before) => before,
  });
  return (
    <Page title={said.title} lead={said.lead}>
      <Loaded query={query}>
        {({ tasks, next }) => (
          <Card flush>
            {tasks.length === 0 && <Empty icon="task" {...said.nothing} />}
            {tasks.map((task) => (
              <Task key={task.id} task={task} />
            ))}
            <Pager pages={pages} next={next} />
          </Card>
        )}
      </Loaded>
    </Page>
  );
};

export default Tasks;

const Task = ({ task }: { task: ListedTask }) => {
  const [chosen, choose] = useState<string>();
  const { id, title, script, contact, journey, team, at, openUntil, outcomes } = task;
  const due = dueOf(task, Date.now());
  return (
    <article className="task" aria-labelledby={`task-${id}`}>
      <div className="row-wide">
        <h2 id={`task-${id}`}>{title}</h2>
        {due && <Badge tone={due.late ? 'bad' : 'info'}>{due.text}</Badge>}
      </div>
      {script !== undefined && <p className="quote">{script}</p>}
      <dl className="facts">
        <dt>{said.for}</dt>
        <dd>
          <Link href={`/contacts/${contact.id}`}>{whoOf(task)}</Link>
        </dd>
        <dt>{said.journey}</dt>
        <dd>
          <Link href={`/journeys/${journey}`}>{journey}</Link>
        </dd>
        <dt>{said.team}</dt>
        <dd>{team}</dd>
        <dt>{said.given}</dt>
        <dd>
          {dateTime(at)}
          {openUntil !== undefined && <span className="faint small"> {said.until(dateTime(openUntil))}</span>}
        </dd>
      </dl>
      <fieldset className="row">
        <legend className="hidden">{said.outcomes}</legend>
        {outcomes.map((outcome) => (
          <RoleButton key={outcome} needs="author" onClick={() => choose(outcome)}>
            {outcome}
          </RoleButton>
        ))}
      </fieldset>
      {chosen !== undefined && <Answer task={task} outcome={chosen} onClose={() => choose(undefined)} />}
    </article>
  );
};

const Answer = ({ task, outcome, onClose }: { task: ListedTask; outcome: string; onClose(): void }) => {
  const { api, me } = useSession();
  const queries = useQueryClient();
  const tell = useTell();
  const work = useMutation({
    mutationFn: () =>
      api.ask('POST', `/v1/tasks/${encodeURIComponent(task.id)}/outcome`, { body: { outcome, by: me.name } }),
    onSuccess: () => {
      tell(said.done(task.title, outcome));
      onClose();
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['tasks'] }),
  });
  return (
    <Confirm
      title={said.confirm.title(outcome)}
      verb={said.confirm.verb}
      busy={work.isPending}
      error={work.error}
      onConfirm={() => work.mutate()}
      onClose={onClose}
    >
      <p>{task.title}</p>
      <Points points={said.confirm.points(whoOf(task))} />
    </Confirm>
  );
};
