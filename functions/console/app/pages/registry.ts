import { type ComponentType, lazy } from 'react';
import type { IconName } from '../parts/icon.tsx';
import type { Role } from '../session/me.ts';
import { isWithin } from '../shell/is-within.ts';
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
  /** Its code, ahead of when it is shown. */
  load(): Promise<unknown>;
}

const loadedBy = (load: () => Promise<{ default: ComponentType }>): Pick<PageEntry, 'Page' | 'load'> => ({
  Page: lazy(load),
  load,
});

const { pages: names } = words.shell;

/** One line each, in the order in which they are shown. */
export const pages: readonly PageEntry[] = [
  {
    path: '/',
    name: names.overview,
    icon: 'gauge',
    group: 'results',
    needs: 'viewer',
    ...loadedBy(() => import('./overview/page.tsx')),
  },
  {
    path: '/journeys',
    name: names.journeys,
    icon: 'tree',
    group: 'make',
    needs: 'viewer',
    ...loadedBy(() => import('./journeys/page.tsx')),
  },
  {
    path: '/templates',
    name: names.templates,
    icon: 'mail',
    group: 'make',
    needs: 'viewer',
    ...loadedBy(() => import('./templates/page.tsx')),
  },
  {
    path: '/forms',
    name: names.forms,
    icon: 'form',
    group: 'make',
    needs: 'viewer',
    ...loadedBy(() => import('./forms/page.tsx')),
  },
  {
    path: '/contacts',
    name: names.contacts,
    icon: 'people',
    group: 'people',
    needs: 'author',
    ...loadedBy(() => import('./contacts/page.tsx')),
  },
  {
    path: '/segments',
    name: names.segments,
    icon: 'segment',
    group: 'people',
    needs: 'viewer',
    ...loadedBy(() => import('./segments/page.tsx')),
  },
  {
    path: '/tasks',
    name: names.tasks,
    icon: 'task',
    group: 'people',
    needs: 'author',
    ...loadedBy(() => import('./tasks/page.tsx')),
  },
  {
    path: '/quarantine',
    name: names.quarantine,
    icon: 'box',
    group: 'operate',
    needs: 'author',
    ...loadedBy(() => import('./quarantine/page.tsx')),
  },
  {
    path: '/settings',
    name: names.settings,
    icon: 'gear',
    group: 'operate',
    needs: 'viewer',
    ...loadedBy(() => import('./settings/page.tsx')),
  },
  {
    path: '/audit',
    name: names.audit,
    icon: 'audit',
    group: 'operate',
    needs: 'admin',
    ...loadedBy(() => import('./audit/page.tsx')),
  },
];

/** While the API is asked whose token it is, the code of the page comes in: one round trip less to wait for. */
export const loadPageAt = (address: string): void => {
  const entry = pages.find(({ path }) => isWithin(address, path));
  // Whatever fails here fails again where it is shown, and is told there.
  entry?.load().catch(() => {});
};
