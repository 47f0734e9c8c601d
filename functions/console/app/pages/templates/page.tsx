import { lazy, Suspense } from 'react';
import { Route, Switch } from 'wouter';
import { AllowedPage } from '../../parts/allowed.tsx';
import { Bones } from '../../parts/bones.tsx';
import { DocumentList } from '../documents/document-list.tsx';

const TemplatePage = lazy(() => import('./template-page.tsx'));

const Templates = () => (
  <Suspense fallback={<Bones rows={6} />}>
    <Switch>
      <Route path="/templates">
        <DocumentList kind="templates" icon="mail" needs="author" />
      </Route>
      <Route path="/templates/new">
        <AllowedPage needs="author">
          <TemplatePage />
        </AllowedPage>
      </Route>
      <Route path="/templates/:id">{({ id }) => <TemplatePage key={id} id={id} />}</Route>
    </Switch>
  </Suspense>
);

export default Templates;
