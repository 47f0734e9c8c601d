import { lazy, Suspense } from 'react';
import { Route, Switch } from 'wouter';
import { AllowedPage } from '../../parts/allowed.tsx';
import { Bones } from '../../parts/bones.tsx';
import { DocumentList } from '../documents/document-list.tsx';

const FormPage = lazy(() => import('./form-page.tsx'));

const Forms = () => (
  <Suspense fallback={<Bones rows={6} />}>
    <Switch>
      <Route path="/forms">
        <DocumentList kind="forms" icon="form" needs="publisher" />
      </Route>
      <Route path="/forms/new">
        <AllowedPage needs="publisher">
          <FormPage />
        </AllowedPage>
      </Route>
      <Route path="/forms/:id">{({ id }) => <FormPage key={id} id={id} />}</Route>
    </Switch>
  </Suspense>
);

export default Forms;
