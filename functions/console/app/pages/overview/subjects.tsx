import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Overview } from '#functions/reports/figures/overview';
import {
  allJourneysTables,
  segmentTables,
  sourceTables,
  templateTables,
} from '#functions/reports/tables/of-subjects';
import type { Table } from '#functions/reports/tables/table';
import { Bones } from '../../parts/bones.tsx';
import { FiguresCard } from '../../parts/figures-card.tsx';
import { FiguresTable } from '../../parts/figures-table.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { useSession } from '../../session/session.tsx';
import { words } from '../../words/words.ts';

interface Kind {
  /** Which report holds it. */
  report: string;
  table(answer: never): Table;
}

const kinds = {
  sources: { report: 'sources', table: sourceTables.sources },
  campaigns: { report: 'sources', table: sourceTables.campaigns },
  journeys: { report: 'journeys', table: allJourneysTables.journeys },
  templates: { report: 'templates', table: templateTables.templates },
  segments: { report: 'segments', table: segmentTables.segments },
} as const satisfies Record<string, Kind>;
type Name = keyof typeof kinds;
const options = Object.entries(words.figures.kinds).map(([value, name]) => ({ value: value as Name, name }));

/** What came of each source, journey, template and segment in the days that are shown. */
export const Subjects = ({ range: { from, to } }: Pick<Overview, 'range'>) => {
  const { api } = useSession();
  const [chosen, choose] = useState<Name>('sources');
  const { report, table }: Kind = kinds[chosen];
  const path = `/v1/reports/${report}?from=${from}&to=${to}`;
  const query = useQuery({
    queryKey: ['reports', path],
    queryFn: ({ signal }) => api.get<object>(path, signal),
  });
  return (
    <FiguresCard<Name> {...{ options, value: chosen, onChoose: choose, path, table: chosen }}>
      <Loaded query={query} waiting={<Bones rows={3} />}>
        {(data) => <FiguresTable table={table(data as never)} />}
      </Loaded>
    </FiguresCard>
  );
};
