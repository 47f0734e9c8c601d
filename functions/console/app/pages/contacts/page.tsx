import { lazy, Suspense } from 'react';
import { Route, Switch } from 'wouter';
import { AllowedPage } from '../../parts/allowed.tsx';
import { Bones } from '../../parts/bones.tsx';
import { ContactList } from './list/list.tsx';

const ContactPage = lazy(() => import('./one/contact-page.tsx'));
const NewImport = lazy(() => import('./imports/new-import.tsx'));
const ImportPage = lazy(() => import('./imports/import-page.tsx'));

const Contacts = () => (
  <Suspense fallback={<Bones rows={6} />}>
    <Switch>
      <Route path="/contacts">
        <ContactList />
      </Route>
      <Route path="/contacts/import">
        <AllowedPage needs="publisher">
          <NewImport />
        </AllowedPage>
      </Route>
      <Route path="/contacts/imports/:id">
        {({ id }) => (
          <AllowedPage needs="publisher">
            <ImportPage key={id} id={id} />
          </AllowedPage>
        )}
      </Route>
      <Route path="/contacts/:id/messages/:message">
        {({ id, message }) => <ContactPage key={id} id={id} part="messages" message={message} />}
      </Route>
      <Route path="/contacts/:id/:part?">
        {({ id, part }) => <ContactPage key={id} id={id} part={part ?? ''} message={undefined} />}
      </Route>
    </Switch>
  </Suspense>
);

export default Contacts;
