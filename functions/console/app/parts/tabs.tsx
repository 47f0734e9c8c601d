import type { ReactNode } from 'react';
import { Link, useLocation } from 'wouter';

export interface TabsProps {
  label: string;
  tabs: readonly { to: string; name: ReactNode }[];
}

/** Tabs are addresses: each can be linked to, and the browser's way back works. */
export const Tabs = ({ label, tabs }: TabsProps) => {
  const [path] = useLocation();
  return (
    <nav className="tabs" aria-label={label}>
      {tabs.map(({ to, name }) => (
        <Link key={to} href={to} className="tab" aria-current={path === to ? 'page' : undefined}>
          {name}
        </Link>
      ))}
    </nav>
  );
};
