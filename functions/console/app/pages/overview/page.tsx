import { useQuery } from '@tanstack/react-query';
import { Loaded } from '../../parts/loaded.tsx';
import { Card, Page } from '../../parts/page.tsx';
import { useSession } from '../../session/session.tsx';
import { words } from '../../words/words.ts';

interface Journeys {
  journeys: { id: string; name: string; status: string }[];
}

const Overview = () => {
  const { api } = useSession();
  const query = useQuery({
    queryKey: ['journeys'],
    queryFn: ({ signal }) => api.get<Journeys>('/v1/journeys', signal),
  });
  return (
    <Page title={words.overview.title} lead={words.overview.lead}>
      <Loaded query={query}>
        {({ journeys }) => (
          <Card title={words.overview.title}>
            <ul>
              {journeys.map(({ id, name }) => (
                <li key={id}>{name}</li>
              ))}
            </ul>
          </Card>
        )}
      </Loaded>
    </Page>
  );
};

export default Overview;
