import { lazy, Suspense } from 'react';
import { Route, Switch } from 'wouter';
import { AllowedPage } from '../../parts/allowed.tsx';
import { Bones } from '../../parts/bones.tsx';
import { JourneyList } from './list/list.tsx';

const NewJourney = lazy(() => import('./edit/new-journey.tsx'));
const loadOne = () => import('./one/journey-page.tsx');
const JourneyPage = lazy(loadOne);
// Who comes by the address of a journey waits for the plane's code and for the API at the same time.
if (/^\/journeys\/(?!new$)/.test(location.pathname)) loadOne().catch(() => {});

const Journeys = () => (
  <Suspense fallback={<Bones rows={6} />}>
    <Switch>
      <Route path="/journeys">
        <JourneyList />
      </Route>
      <Route path="/journeys/new">
        <AllowedPage needs="author">
          <NewJourney />
        </AllowedPage>
      </Route>
      <Route path="/journeys/:id/:part?">
        {({ id, part }) => <JourneyPage key={id} id={id} part={part ?? ''} />}
      </Route>
    </Switch>
  </Suspense>
);

export default Journeys;
