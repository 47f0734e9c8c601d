import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { JourneyForecast } from '#model/forecast';
import { Problem } from '../../../api/problem.ts';
import { Bones } from '../../../parts/bones.tsx';
import { Empty } from '../../../parts/empty.tsx';
import { Failed } from '../../../parts/failed.tsx';
import { Issues } from '../../../parts/issues.tsx';
import { Note } from '../../../parts/note.tsx';
import { useSession } from '../../../session/session.tsx';
import { words } from '../../../words/words.ts';
import { useSettled } from '../../documents/use-settled.ts';
import type { PartProps } from '../one/journey-page.tsx';
import { editionsOf } from '../versions/choices.ts';
import { Ask } from './ask.tsx';
import { Rates } from './rates.tsx';
import { Told } from './told.tsx';
import { bodyOf, type Wish } from './wish.ts';

const said = words.forecast;
/** So long after the last letter the forecast is asked for. */
const settleMs = 500;

const ForecastPart = ({ read: { journey } }: PartProps) => {
  const [edition] = editionsOf(journey);
  return edition === undefined ? (
    <Empty icon="flask" title={words.journeys.edit.noTree} />
  ) : (
    <Forecast journey={journey} first={edition} />
  );
};

export default ForecastPart;

const useForecast = (id: string, wish: Wish) => {
  const { api } = useSession();
  return useQuery({
    queryKey: ['journeys', id, 'forecast', wish],
    queryFn: async ({ signal }) =>
      (
        await api.ask<JourneyForecast>('POST', `/v1/journeys/${encodeURIComponent(id)}/forecast`, {
          ...{ body: bodyOf(wish), signal },
        })
      ).data,
    placeholderData: (before) => before,
    refetchOnWindowFocus: false,
    retry: false,
    staleTime: 60_000,
  });
};

interface ForecastProps {
  journey: PartProps['read']['journey'];
  first: Wish['edition'];
}

const Forecast = ({ journey, first }: ForecastProps) => {
  const [wish, setWish] = useState<Wish>({ edition: first, rates: {} });
  const settled = useSettled(wish, settleMs);
  const query = useForecast(journey.id, settled);
  const { data, error } = query;
  const isWaiting = settled !== wish || query.isFetching;
  const hasGoal = journey.document?.goal !== undefined;
  if (!data && !error) return <Bones rows={6} tall />;
  if (!data && !(error instanceof Problem && error.issues.length > 0))
    return <Failed error={error} onAgain={() => void query.refetch()} />;
  return (
    <>
      <p className="soft">{said.lead}</p>
      <Ask journey={journey} wish={wish} forecast={data} isWaiting={isWaiting} onWish={setWish} />
      {error && <Refused error={error} />}
      {data && !error && <Told journey={journey.id} wish={settled} forecast={data} hasGoal={hasGoal} />}
      {data && <Rates forecast={data} wish={wish} onWish={setWish} />}
    </>
  );
};

const Refused = ({ error }: { error: Error }) => (
  <>
    <Note tone="bad">{error.message}</Note>
    {error instanceof Problem && <Issues issues={error.issues} />}
  </>
);
