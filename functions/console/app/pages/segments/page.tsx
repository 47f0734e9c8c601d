import { lazy, Suspense } from 'react';
import { Route, Switch } from 'wouter';
import { AllowedPage } from '../../parts/allowed.tsx';
import { Bones } from '../../parts/bones.tsx';
import { SegmentList } from './list.tsx';

const SegmentPage = lazy(() => import('./segment-page.tsx'));

const Segments = () => (
  <Suspense fallback={<Bones rows={6} />}>
    <Switch>
      <Route path="/segments">
        <SegmentList />
      </Route>
      <Route path="/segments/new">
        <AllowedPage needs="publisher">
          <SegmentPage />
        </AllowedPage>
      </Route>
      <Route path="/segments/:id">{({ id }) => <SegmentPage key={id} id={id} />}</Route>
    </Switch>
  </Suspense>
);

export default Segments;
