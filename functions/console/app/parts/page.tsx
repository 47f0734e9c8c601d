import { type ReactNode, useEffect } from 'react';
import { Link } from 'wouter';
import { words } from '../words/words.ts';

export interface PageProps {
  title: string;
  lead?: ReactNode;
  /** Buttons at the right of the title. */
  actions?: ReactNode;
  /** Where this page hangs, from the top. */
  crumbs?: readonly { to: string; name: string }[];
  children: ReactNode;
}

/** The frame of every page; its title is also that of the window. */
export const Page = ({ title, lead, actions, crumbs = [], children }: PageProps) => {
  useEffect(() => {
    document.title = `${title} · ${words.shell.product}`;
  }, [title]);
  return (
    <>
      <header className="page-head">
        <div>
          {crumbs.length > 0 && (
            <nav className="crumbs" aria-label={words.shell.crumbs}>
              {crumbs.map(({ to, name }) => (
                <span key={to}>
                  <Link href={to}>{name}</Link> /
                </span>
              ))}
            </nav>
          )}
          <h1>{title}</h1>
          {lead !== undefined && <div className="page-lead">{lead}</div>}
        </div>
        {actions !== undefined && <div className="row">{actions}</div>}
      </header>
      {children}
    </>
  );
};

export const Card = ({
  title,
  actions,
  children,
  flush = false,
}: {
  title?: string;
  actions?: ReactNode;
  children: ReactNode;
  /** Its content reaches to the edges, as a table does. */
  flush?: boolean;
}) => (
  <section className="card">
    {title !== undefined && (
      <div className="card-head">
        <h2>{title}</h2>
        {actions !== undefined && <div className="row">{actions}</div>}
      </div>
    )}
    {flush ? children : <div className="card-body">{children}</div>}
  </section>
);
