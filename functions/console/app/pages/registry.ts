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
  {
    path: '/templates',
    name: names.templates,
    icon: 'mail',
    group: 'make',
    needs: 'viewer',
    Page: lazy(() => import('./templates/page.tsx')),
  },
  {
    path: '/forms',
    name: names.forms,
    icon: 'form',
    group: 'make',
    needs: 'viewer',
    Page: lazy(() => import('./forms/page.tsx')),
  },
  {
    path: '/contacts',
    name: names.contacts,
    icon: 'people',
    group: 'people',
    needs: 'author',
    Page: lazy(() => import('./contacts/page.tsx')),
  },
  {
    path: '/segments',
    name: names.segments,
    icon: 'segment',
    group: 'people',
    needs: 'viewer',
    Page: lazy(() => import('./segments/page.tsx')),
  },
  {
    path: '/tasks',
    name: names.tasks,
    icon: 'task',
    group: 'people',
    needs: 'author',
    Page: lazy(() => import('./tasks/page.tsx')),
  },
  {
    path: '/quarantine',
    name: names.quarantine,
    icon: 'box',
    group: 'operate',
    needs: 'author',
    Page: lazy(() => import('./quarantine/page.tsx')),
  },
  {
    path: '/settings',
    name: names.settings,
    icon: 'gear',
    group: 'operate',
    needs: 'viewer',
    Page: lazy(() => import('./settings/page.tsx')),
  },
  {
    path: '/audit',
    name: names.audit,
    icon: 'audit',
    group: 'operate',
    needs: 'admin',
    Page: lazy(() => import('./audit/page.tsx')),
  },
];
