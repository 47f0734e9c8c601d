import type { ReactNode } from 'react';
import type { Role } from '../session/me.ts';
import { useSession } from '../session/session.tsx';
import { words } from '../words/words.ts';
import { ButtonLink } from './button.tsx';
import { Empty } from './empty.tsx';
import { Page } from './page.tsx';

const { forbidden, roles, home } = words.common;

export interface AllowedProps {
  needs: Role;
  children: ReactNode;
}

/** Whoever came by an address to what their role is refused is told so, and whom to ask. */
export const Allowed = ({ needs, children }: AllowedProps) => {
  const { me, may } = useSession();
  if (may(needs)) return children;
  return <Empty icon="key" title={forbidden.title} text={forbidden.text(roles[me.role], roles[needs])} />;
};

/** The same where nothing else of the page is there. */
export const AllowedPage = ({ needs, children }: AllowedProps) => {
  const { me, may } = useSession();
  if (may(needs)) return children;
  return (
    <Page title={forbidden.title} lead={forbidden.text(roles[me.role], roles[needs])}>
      <div className="row">
        <ButtonLink to="/">{home}</ButtonLink>
      </div>
    </Page>
  );
};
