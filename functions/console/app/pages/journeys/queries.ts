import { type UseQueryResult, useQueries, useQuery } from '@tanstack/react-query';
import { Problem } from '../../api/problem.ts';
import { useSession } from '../../session/session.tsx';
import type { JourneySummary, JourneyView, ReportView, VersionView } from './api-shapes.ts';

const at = (id: string): string => `/v1/journeys/${encodeURIComponent(id)}`;

export const useJourneys = (): UseQueryResult<JourneySummary[]> => {
  const { api } = useSession();
  return useQuery({
    queryKey: ['journeys'],
    queryFn: async ({ signal }) =>
      (await api.get<{ journeys: JourneySummary[] }>('/v1/journeys', signal)).journeys,
  });
};

/** With the tag that guards the next upload. */
export interface JourneyRead {
  journey: JourneyView;
  etag: string | undefined;
}

export const useJourney = (id: string): UseQueryResult<JourneyRead> => {
  const { api } = useSession();
  return useQuery({
    queryKey: ['journeys', id],
    queryFn: async ({ signal }) => {
      const { data, etag } = await api.ask<JourneyView>('GET', at(id), { signal });
      return { journey: data, etag };
    },
  });
};

export const useVersion = (id: string, version: number | undefined): UseQueryResult<VersionView> => {
  const { api } = useSession();
  return useQuery({
    queryKey: ['journeys', id, 'versions', version],
    queryFn: ({ signal }) => api.get<VersionView>(`${at(id)}/versions/${version}`, signal),
    enabled: version !== undefined,
    // A version never changes.
    staleTime: Number.POSITIVE_INFINITY,
  });
};

const liveMs = 4_000;

const reportOf = (api: ReturnType<typeof useSession>['api'], id: string) => ({
  queryKey: ['journeys', id, 'report'],
  queryFn: async ({ signal }: { signal: AbortSignal }): Promise<ReportView | null> => {
    try {
      return await api.get<ReportView>(`${at(id)}/report`, signal);
    } catch (error) {
      if (error instanceof Problem && error.code === 'not-published') return null;
      throw error;
    }
  },
});

/** Renewed while somebody looks. */
export const useReport = (id: string): UseQueryResult<ReportView | null> => {
  const { api } = useSession();
  return useQuery({ ...reportOf(api, id), refetchInterval: liveMs });
};

/** Of those that are shown; a journey that was never published has none. */
export const useReports = (ids: readonly string[]): ReadonlyMap<string, ReportView | null | undefined> => {
  const { api } = useSession();
  return useQueries({
    queries: ids.map((id) => ({ ...reportOf(api, id), staleTime: 30_000 })),
    combine: (results) => new Map(results.map(({ data }, i) => [ids[i] ?? '', data])),
  });
};
