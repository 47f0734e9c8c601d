import { useMutation } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { Simulation } from '#model/simulation';
import type { Journey } from '#statemachines/document/schema';
import { arrange } from '../../../flow/arrange.ts';
import Flow from '../../../flow/flow.tsx';
import { FailureNote } from '../../../parts/confirm.tsx';
import { Empty } from '../../../parts/empty.tsx';
import { useSession } from '../../../session/session.tsx';
import { dateTime } from '../../../words/format.ts';
import { words } from '../../../words/words.ts';
import type { PartProps } from '../one/journey-page.tsx';
import { stepNames } from './offered.ts';
import { TryForm, type Wish } from './try-form.tsx';
import { endingOf, stopsOf, walkedTo } from './walk.ts';

const said = words.journeys.try;

const Try = ({ read: { journey } }: PartProps) =>
  journey.document ? (
    <Walker journey={journey.document} />
  ) : (
    <Empty icon="flask" title={words.journeys.edit.noTree} />
  );

export default Try;

const Walker = ({ journey }: { journey: Journey }) => {
  const { api } = useSession();
  const [last, setLast] = useState(0);
  const work = useMutation({
    mutationFn: async (wish: Wish) =>
      (await api.ask<Simulation>('POST', '/v1/journeys/simulate', { body: { document: journey, ...wish } }))
        .data,
    onSuccess: ({ timeline }) => setLast(timeline.length - 1),
  });
  const arranged = useMemo(() => arrange(journey), [journey]);
  const names = useMemo(() => stepNames(journey), [journey]);
  const walk = work.data;
  const walked = useMemo(() => walk && walkedTo(walk, last), [walk, last]);
  const now = walk?.timeline[last]?.step;
  return (
    <section className="card try">
      <TryForm journey={journey} busy={work.isPending} onRun={(wish) => work.mutate(wish)} />
      <div className="try-tree">
        <Flow arranged={arranged} label={journey.name} walked={walked} now={now} reveal={now} />
      </div>
      <div className="try-way column" role="status">
        {work.error && <FailureNote error={work.error} />}
        {walk ? (
          <Way walk={walk} names={names} last={last} onLast={setLast} />
        ) : (
          <p className="soft">{said.begin}</p>
        )}
      </div>
    </section>
  );
};

interface WayProps {
  walk: Simulation;
  /** Of steps, by id. */
  names: ReadonlyMap<string, string>;
  last: number;
  onLast(last: number): void;
}

const Way = ({ walk, names, last, onLast }: WayProps) => {
  const stops = stopsOf(walk, names);
  return (
    <>
      <h2>{endingOf(walk)}</h2>
      {stops.length > 1 && (
        <input
          type="range"
          aria-label={said.at}
          min={0}
          max={stops.length - 1}
          value={last}
          onChange={({ target }) => onLast(Number(target.value))}
        />
      )}
      <ol className="way" aria-label={said.timeline}>
        {stops.map(({ key, at, name, says }, i) => (
          <li key={key} data-past={i <= last || undefined}>
            <button
              type="button"
              className="issue-go"
              aria-current={i === last ? 'step' : undefined}
              onClick={() => onLast(i)}
            >
              <span className="faint small number">{dateTime(at)}</span> <strong>{name}</strong>{' '}
              <span className="soft">{says}</span>
            </button>
          </li>
        ))}
      </ol>
    </>
  );
};
