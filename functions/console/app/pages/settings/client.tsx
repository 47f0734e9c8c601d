import { useQuery } from '@tanstack/react-query';
import type { ClientView } from '#functions/operations/read-status/client-view';
import { Loaded } from '../../parts/loaded.tsx';
import { Card } from '../../parts/page.tsx';
import { useSession } from '../../session/session.tsx';
import { words } from '../../words/words.ts';
import { sectionsOf } from './sections.ts';

export const ClientSettings = () => {
  const { api } = useSession();
  const query = useQuery({
    queryKey: ['client'],
    queryFn: ({ signal }) => api.get<ClientView>('/v1/client', signal),
  });
  return (
    <Loaded query={query}>
      {(client) => (
        <div className="two">
          {sectionsOf(client).map(({ title, facts }) => (
            <Card key={title} title={title}>
              {facts.length === 0 ? (
                <p className="soft">{words.settings.none}</p>
              ) : (
                <dl className="facts">
                  {facts.map(([name, value]) => (
                    <div key={name} className="contents">
                      <dt>{name}</dt>
                      <dd>{value}</dd>
                    </div>
                  ))}
                </dl>
              )}
            </Card>
          ))}
        </div>
      )}
    </Loaded>
  );
};
