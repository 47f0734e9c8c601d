import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Kpis } from '#functions/reports/figures/kpis';
import type { Overview as Shown } from '#functions/reports/figures/overview';
import { Bones } from '../../parts/bones.tsx';
import { Choice } from '../../parts/choice.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { Page } from '../../parts/page.tsx';
import { useSession } from '../../session/session.tsx';
import { date } from '../../words/format.ts';
import { words } from '../../words/words.ts';
import { Channels } from './channels.tsx';
import { Cohorts } from './cohorts.tsx';
import { Daily } from './daily.tsx';
import { KeyFigures } from './key-figures.tsx';
import { queryOf, tilesOf, vitalsOf } from './shape.ts';
import { Subjects } from './subjects.tsx';
import { Vitals } from './vitals.tsx';

const said = words.overview;
const renewedMs = 15_000;

const Overview = () => {
  const { api } = useSession();
  const [days, setDays] = useState('30');
  // Days are the client's: the last one is what the API says it is.
  const [today, setToday] = useState('');
  const asked = today === '' ? '' : queryOf(Number(days), today);
  const overview = useQuery({
    queryKey: ['reports', 'overview', asked],
    queryFn: async ({ signal }) => {
      const shown = await api.get<Shown>(`/v1/reports/overview${asked}`, signal);
      if (asked === '') setToday(shown.range.to);
      return shown;
    },
    refetchInterval: renewedMs,
    placeholderData: (before) => before,
  });
  const kpis = useQuery({
    queryKey: ['reports', 'kpis', asked],
    queryFn: ({ signal }) => api.get<Kpis>(`/v1/reports/kpis${asked}`, signal),
    placeholderData: (before) => before,
  });
  return (
    <Page
      title={said.title}
      lead={overview.data ? rangeWords(overview.data) : <span className="unseen">{likelyRange()}</span>}
      actions={
        <Choice
          label={said.range}
          options={Object.entries(said.ranges).map(([value, name]) => ({ value, name }))}
          value={days}
          onChoose={setDays}
        />
      }
    >
      <Loaded query={overview} waiting={<Bones rows={5} tall />}>
        {(data) => (
          <>
            <section className="card figures">
              {tilesOf(data).map(({ name, value, more }) => (
                <div className="figure" key={name}>
                  <span className="figure-name">{name}</span>
                  <span className="figure-value">{value}</span>
                  <span className="figure-more">{more}</span>
                </div>
              ))}
            </section>
            <Daily overview={data} asked={asked} />
            <div className="two">
              <Channels overview={data} />
              <Vitals vitals={vitalsOf(data)} />
            </div>
          </>
        )}
      </Loaded>
      {overview.data && (
        <Loaded query={kpis} waiting={<Bones rows={2} tall />}>
          {(data) => (
            <>
              <KeyFigures kpis={data} asked={asked} />
              <Cohorts kpis={data} asked={asked} />
              <Subjects range={data.range} />
            </>
          )}
        </Loaded>
      )}
    </Page>
  );
};

export default Overview;

const rangeWords = ({ range: { from, to, timezone } }: Shown): string =>
  said.from(date(from), date(to), timezone);

const monthMs = 30 * 86_400_000;

/** As long as the words that will stand there, so that nothing moves when they come. */
const likelyRange = (): string => {
  const now = Date.now();
  const day = (ms: number): string => date(new Date(ms).toISOString().slice(0, 10));
  return said.from(day(now - monthMs), day(now), Intl.DateTimeFormat().resolvedOptions().timeZone);
};
