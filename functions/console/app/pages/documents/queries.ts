import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import type { ListedDocument } from '#functions/journeys/manage-documents/listed';
import { useSession } from '../../session/session.tsx';

export type Kind = 'templates' | 'segments' | 'forms';

/** Those without pages of their own, too. */
type AnyKind = Kind | 'layouts' | 'partials';

export const documentAt = (kind: AnyKind, id: string): string => `/v1/${kind}/${encodeURIComponent(id)}`;

/** With the tag that guards the next change; of a new one there is none. */
export interface DocumentRead {
  document: unknown;
  etag: string | undefined;
}

export const documentQuery = (api: ReturnType<typeof useSession>['api'], kind: AnyKind, id: string) => ({
  queryKey: [kind, id],
  queryFn: async ({ signal }: { signal: AbortSignal }): Promise<DocumentRead> => {
    const { data, etag } = await api.ask<unknown>('GET', documentAt(kind, id), { signal });
    return { document: data, etag };
  },
});

export const useDocument = (kind: Kind, id: string): UseQueryResult<DocumentRead> => {
  const { api } = useSession();
  return useQuery({
    ...documentQuery(api, kind, id),
    // What is typed is not overwritten behind somebody's back.
    refetchOnWindowFocus: false,
  });
};

export const useDocuments = (kind: 'templates' | 'forms'): UseQueryResult<ListedDocument[]> => {
  const { api } = useSession();
  return useQuery({
    queryKey: [kind],
    queryFn: async ({ signal }) =>
      (await api.get<Record<string, ListedDocument[]>>(`/v1/${kind}`, signal))[kind] ?? [],
  });
};
