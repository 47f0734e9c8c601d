import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Bones } from './bones.tsx';
import { Failed } from './failed.tsx';

export interface LoadedProps<T> {
  query: UseQueryResult<T>;
  /** In place of the bones. */
  waiting?: ReactNode;
  /** In place of what has nothing in it. */
  empty?: ReactNode;
  isEmpty?(data: T): boolean;
  children(data: T): ReactNode;
}

/** The four states of everything that is read: on its way, refused, nothing in it, there. */
export const Loaded = <T,>({ query, waiting, empty, isEmpty, children }: LoadedProps<T>) => {
  if (query.data !== undefined) {
    const isNothing = isEmpty?.(query.data) ?? (Array.isArray(query.data) && query.data.length === 0);
    return isNothing && empty !== undefined ? empty : children(query.data);
  }
  if (query.isError) return <Failed error={query.error} onAgain={() => void query.refetch()} />;
  return waiting ?? <Bones />;
};
