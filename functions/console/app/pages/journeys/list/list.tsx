import { useState } from 'react';
import { Link } from 'wouter';
import { ButtonLink } from '../../../parts/button.tsx';
import { Choice } from '../../../parts/choice.tsx';
import { Empty } from '../../../parts/empty.tsx';
import { Icon } from '../../../parts/icon.tsx';
import { Loaded } from '../../../parts/loaded.tsx';
import { Card, Page } from '../../../parts/page.tsx';
import { InPages } from '../../../parts/pager.tsx';
import { ScrollRegion } from '../../../parts/scroll-region.tsx';
import { useSession } from '../../../session/session.tsx';
import { compact, date, percent } from '../../../words/format.ts';
import { words } from '../../../words/words.ts';
import type { JourneyFigures, JourneySummary } from '../api-shapes.ts';
import { useJourneyFigures, useJourneys } from '../queries.ts';
import { StatusBadge } from '../status-badge.tsx';
import { DropZone } from './drop-zone.tsx';
import { type Filter, filters, goalRate, rowsOf } from './rows.ts';

const said = words.journeys;

export const JourneyList = () => {
  const query = useJourneys();
  const { may } = useSession();
  const [filter, setFilter] = useState<Filter>('all');
  const [search, setSearch] = useState('');
  const add = may('author') && (
    <ButtonLink to="/journeys/new" tone="main">
      <Icon name="plus" />
      {said.add}
    </ButtonLink>
  );
  return (
    <Page title={said.title} lead={said.lead} actions={add}>
      {may('author') && <DropZone />}
      <Loaded
        query={query}
        empty={
          <Card>
            <Empty icon="tree" {...said.nothing}>
              {add}
            </Empty>
          </Card>
        }
      >
        {(journeys) => (
          <Card flush>
            <div className="card-head">
              <Choice<Filter>
                label={said.shown}
                options={filters.map((value) => ({ value, name: said.filters[value] }))}
                value={filter}
                onChoose={setFilter}
              />
              <input
                className="input search"
                type="search"
                aria-label={said.search}
                placeholder={said.search}
                value={search}
                onChange={(event) => setSearch(event.target.value)}
              />
            </div>
            <InPages all={rowsOf(journeys, { filter, search })}>{(some) => <Rows journeys={some} />}</InPages>
          </Card>
        )}
      </Loaded>
    </Page>
  );
};

const Rows = ({ journeys }: { journeys: readonly JourneySummary[] }) => {
  const figures = useJourneyFigures();
  if (journeys.length === 0) return <Empty icon="search" {...said.noneFound} />;
  const { columns } = said;
  return (
    <ScrollRegion className="table-box" label={said.title}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{columns.journey}</th>
            <th scope="col">{columns.status}</th>
            <th scope="col" className="end">
              {columns.entered}
            </th>
            <th scope="col" className="end">
              {columns.active}
            </th>
            <th scope="col">{columns.goal}</th>
            <th scope="col" className="wide">
              {columns.changed}
            </th>
          </tr>
        </thead>
        <tbody>
          {journeys.map((journey) => (
            <Row key={journey.id} journey={journey} figures={figures.get(journey.id)} />
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
};

const Row = ({ journey, figures }: { journey: JourneySummary; figures: JourneyFigures | undefined }) => (
  <tr>
    <th scope="row">
      <Link href={`/journeys/${journey.id}`}>{journey.name}</Link>
      <div className="faint small">{journey.id}</div>
    </th>
    <td className="nowrap">
      <StatusBadge journey={journey} />{' '}
      {journey.version !== undefined && <span className="faint small">{said.version(journey.version)}</span>}
    </td>
    <td className="end">{figures ? compact(figures.entered) : '–'}</td>
    <td className="end">{figures ? compact(figures.active) : '–'}</td>
    <td>
      <Goal figures={figures} />
    </td>
    <td className="wide nowrap soft">{date(journey.updatedAt)}</td>
  </tr>
);

const Goal = ({ figures }: { figures: JourneyFigures | undefined }) => {
  const rate = goalRate(figures);
  if (!rate) return <span className="faint">–</span>;
  const share = Math.min(1, rate.converted / rate.entered);
  return (
    <div className="rate">
      <span className="number">{percent(rate.converted, rate.entered)}</span>
      <div className="meter">
        <i style={{ width: `${100 * share}%` }} />
      </div>
    </div>
  );
};
