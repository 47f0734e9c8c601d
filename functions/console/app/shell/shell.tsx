import { Suspense, useEffect, useRef, useState } from 'react';
import { Route, Switch, useLocation } from 'wouter';
import { pages } from '../pages/registry.ts';
import { AllowedPage } from '../parts/allowed.tsx';
import { Bones } from '../parts/bones.tsx';
import { Button, ButtonLink } from '../parts/button.tsx';
import { Icon } from '../parts/icon.tsx';
import { Page } from '../parts/page.tsx';
import { words } from '../words/words.ts';
import { Breakage } from './breakage.tsx';
import { Navigation } from './navigation.tsx';
import { OfflineBanner } from './offline-banner.tsx';

export const Shell = () => {
  const [open, setOpen] = useState(false);
  const main = useRef<HTMLElement>(null);
  const [path] = useLocation();
  useFocusOnMove(path, main);
  return (
    <>
      <a className="skip" href="#main">
        {words.shell.skip}
      </a>
      <OfflineBanner />
      <div className="shell">
        <header className="top">
          <Button
            tone="plain"
            onlyIcon
            aria-label={words.shell.menu}
            aria-expanded={open}
            aria-controls="side"
            onClick={() => setOpen(true)}
          >
            <Icon name="menu" />
          </Button>
          <span className="brand">
            <img src="/favicon.svg" alt="" />
            {words.shell.product}
          </span>
        </header>
        {open && (
          <button
            type="button"
            className="shade"
            aria-label={words.shell.closeMenu}
            onClick={() => setOpen(false)}
          />
        )}
        <Navigation open={open} onChosen={() => setOpen(false)} />
        <main className="page" id="main" ref={main} tabIndex={-1}>
          <Breakage key={path}>
            <Suspense fallback={<Bones rows={6} />}>
              <Pages />
            </Suspense>
          </Breakage>
        </main>
      </div>
    </>
  );
};

const Pages = () => (
  <Switch>
    {pages.map(({ path, needs, Page: Content }) => (
      <Route key={path} path={path === '/' ? '/' : `${path}/*?`}>
        <AllowedPage needs={needs}>
          <Content />
        </AllowedPage>
      </Route>
    ))}
    <Route>
      <Page title={words.shell.notFound.title} lead={words.shell.notFound.text}>
        <div className="row">
          <ButtonLink to="/">{words.common.home}</ButtonLink>
        </div>
      </Page>
    </Route>
  </Switch>
);

/** Who moves by keyboard or hears the page begins at its top, as after loading one. */
const useFocusOnMove = (path: string, main: React.RefObject<HTMLElement | null>): void => {
  const first = useRef(true);
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever the address changes
  useEffect(() => {
    if (first.current) first.current = false;
    else main.current?.focus({ preventScroll: true });
  }, [path]);
};
