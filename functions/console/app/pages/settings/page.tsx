import { lazy, Suspense } from 'react';
import { Route, Switch } from 'wouter';
import { Allowed } from '../../parts/allowed.tsx';
import { Bones } from '../../parts/bones.tsx';
import { Page } from '../../parts/page.tsx';
import { Tabs } from '../../parts/tabs.tsx';
import { useSession } from '../../session/session.tsx';
import { words } from '../../words/words.ts';
import { ClientSettings } from './client.tsx';

const Tokens = lazy(() => import('./tokens.tsx'));
const said = words.settings;

const Settings = () => {
  const { may } = useSession();
  return (
    <Page title={said.title} lead={said.lead}>
      {may('admin') && (
        <Tabs
          label={said.tabsLabel}
          tabs={[
            { to: '/settings', name: said.tabs.client },
            { to: '/settings/tokens', name: said.tabs.tokens },
          ]}
        />
      )}
      <Suspense fallback={<Bones rows={6} />}>
        <Switch>
          <Route path="/settings">
            <ClientSettings />
          </Route>
          <Route path="/settings/tokens">
            <Allowed needs="admin">
              <Tokens />
            </Allowed>
          </Route>
        </Switch>
      </Suspense>
    </Page>
  );
};

export default Settings;
