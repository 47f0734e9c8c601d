import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { Problem } from '../../api/problem.ts';
import { useSession } from '../../session/session.tsx';
import type { JourneyFigures, JourneySummary, JourneyView, ReportView, VersionView } from './api-shapes.ts';

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

/** Of all that were published, in one answer; renewed while somebody looks. */
export const useJourneyFigures = (): ReadonlyMap<string, JourneyFigures> => {
  const { api } = useSession();
  const { data } = useQuery({
    queryKey: ['journey-figures'],
    queryFn: async ({ signal }) =>
      (await api.get<{ journeys: JourneyFigures[] }>('/v1/reports/journeys', signal)).journeys,
    refetchInterval: 15_000,
  });
  return useMemo(() => new Map(data?.map((each) => [each.journey, each])), [data]);
};
