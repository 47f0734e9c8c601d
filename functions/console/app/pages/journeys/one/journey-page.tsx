import { lazy } from 'react';
import { Allowed } from '../../../parts/allowed.tsx';
import { Badge } from '../../../parts/badge.tsx';
import { Loaded } from '../../../parts/loaded.tsx';
import { Page } from '../../../parts/page.tsx';
import { Tabs } from '../../../parts/tabs.tsx';
import { useSession } from '../../../session/session.tsx';
import { words } from '../../../words/words.ts';
import { type JourneyRead, useJourney } from '../queries.ts';
import { StatusBadge } from '../status-badge.tsx';
import { Actions } from './actions.tsx';
import { Results } from './results.tsx';

const Edit = lazy(() => import('../edit/edit.tsx'));
const Versions = lazy(() => import('../versions/versions.tsx'));
const Forecast = lazy(() => import('../forecast/forecast.tsx'));
const Try = lazy(() => import('../try/try.tsx'));

const said = words.journeys;

export interface PartProps {
  read: JourneyRead;
}

const JourneyPage = ({ id, part }: { id: string; part: string }) => {
  const query = useJourney(id);
  const { may } = useSession();
  const to = `/journeys/${id}`;
  const tabs = [
    { to, name: said.tabs.tree },
    ...(may('author') ? [{ to: `${to}/edit`, name: said.tabs.edit }] : []),
    ...(may('author') ? [{ to: `${to}/try`, name: said.tabs.simulate }] : []),
    { to: `${to}/forecast`, name: words.forecast.tab },
    { to: `${to}/versions`, name: said.tabs.versions },
  ];
  const journey = query.data?.journey;
  return (
    <Page
      title={journey?.name ?? id}
      crumbs={[{ to: '/journeys', name: said.title }]}
      lead={journey ? <Facts {...journey} /> : <Room />}
      actions={journey && <Actions journey={journey} />}
    >
      <Tabs label={said.tabsLabel} tabs={tabs} />
      <Loaded query={query}>{(read) => <Part part={part} read={read} />}</Loaded>
    </Page>
  );
};

export default JourneyPage;

const Facts = (journey: JourneyRead['journey']) => (
  <span className="row">
    <StatusBadge journey={journey} />
    {journey.version !== undefined && <Badge>{said.version(journey.version)}</Badge>}
    {journey.owner === 'folder' && <span className="small">{said.ofFolder}</span>}
  </span>
);

/** As high as what will stand there, so that nothing moves when it comes. */
const Room = () => (
  <span className="row unseen">
    <Badge>{said.version(1)}</Badge>
  </span>
);

const Part = ({ part, read }: { part: string; read: JourneyRead }) => {
  if (part === 'edit')
    return (
      <Allowed needs="author">
        <Edit read={read} />
      </Allowed>
    );
  if (part === 'versions') return <Versions read={read} />;
  if (part === 'forecast') return <Forecast read={read} />;
  if (part === 'try')
    return (
      <Allowed needs="author">
        <Try read={read} />
      </Allowed>
    );
  return <Results read={read} />;
};
