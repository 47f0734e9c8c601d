import { lazy, Suspense } from 'react';
import { Route, Switch } from 'wouter';
import { AllowedPage } from '../../parts/allowed.tsx';
import { Bones } from '../../parts/bones.tsx';
import { JourneyList } from './list/list.tsx';

const NewJourney = lazy(() => import('./edit/new-journey.tsx'));
const JourneyPage = lazy(() => import('./one/journey-page.tsx'));

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
