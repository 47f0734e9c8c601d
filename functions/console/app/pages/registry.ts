import { type ComponentType, lazy } from 'react';
import type { IconName } from '../parts/icon.tsx';
import type { Role } from '../session/me.ts';
import { words } from '../words/words.ts';

export type NavGroup = keyof typeof words.shell.groups;

/** A page of the console: where it is found, how its code is loaded when it is first opened. */
export interface PageEntry {
  /** First part of its address; what is below it is the page's own. */
  path: string;
  name: string;
  icon: IconName;
  group: NavGroup;
  /** Roles below it do not see it. */
  needs: Role;
  Page: ComponentType;
}

const { pages: names } = words.shell;

/** One line each, in the order in which they are shown. */
export const pages: readonly PageEntry[] = [
  {
    path: '/',
    name: names.overview,
    icon: 'gauge',
    group: 'results',
    needs: 'viewer',
    Page: lazy(() => import('./overview/page.tsx')),
  },
  {
    path: '/journeys',
    name: names.journeys,
    icon: 'tree',
    group: 'make',
    needs: 'viewer',
    Page: lazy(() => import('./journeys/page.tsx')),
  },
];
