import { useQuery } from '@tanstack/react-query';
import type { SegmentEstimate } from '#functions/contacts/read-segments/answers';
import { FailureNote } from '../../parts/confirm.tsx';
import { Card } from '../../parts/page.tsx';
import { useSession } from '../../session/session.tsx';
import { words } from '../../words/words.ts';
import type { Draft } from '../documents/bench.tsx';
import { useSettled } from '../documents/use-settled.ts';
import { conditionIn, sizeText } from './size-text.ts';

const said = words.documents.segments.estimate;
/** So long after the last letter it is asked. */
const settleMs = 400;

export interface SizeNowProps {
  draft: Draft;
  /** As it stands it is saved, and its members are counted one by one. */
  isCounted: boolean;
}

/**
 * While a definition is typed: about how many it selects. What is typed meanwhile breaks the question off.
 * What is counted needs no sample, which is read anew every five minutes.
 */
export const SizeNow = ({ draft: { id, value }, isCounted }: SizeNowProps) => {
  const { api } = useSession();
  const condition = useSettled(conditionIn(value), settleMs);
  const query = useQuery({
    queryKey: ['segments', id, 'estimate', condition],
    queryFn: async ({ signal }) =>
      (
        await api.ask<SegmentEstimate>('POST', '/v1/segments/estimate', {
          body: { if: JSON.parse(condition ?? ''), ...(id === '' ? {} : { id }) },
          signal,
        })
      ).data,
    enabled: condition !== undefined && !isCounted,
    placeholderData: (before) => before,
    refetchOnWindowFocus: false,
    retry: false,
    staleTime: 60_000,
  });
  const { data, error } = query;
  const size = data && sizeText(data);
  return (
    <Card title={said.title}>
      <div role="status" aria-busy={query.isFetching}>
        {isCounted ? (
          <p className="soft">{said.counted}</p>
        ) : condition === undefined ? (
          <p className="soft">{said.waiting}</p>
        ) : error ? (
          <FailureNote error={error} />
        ) : (
          <div className="figure">
            <span className="figure-value">{size?.value ?? '–'}</span>
            <span className="figure-more">{size?.more ?? said.reckoning}</span>
          </div>
        )}
      </div>
    </Card>
  );
};
