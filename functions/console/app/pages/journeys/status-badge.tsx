import { Badge } from '../../parts/badge.tsx';
import type { IconName } from '../../parts/icon.tsx';
import type { Tone } from '../../parts/note.tsx';
import { words } from '../../words/words.ts';
import type { JourneySummary, Status } from './api-shapes.ts';

const looks: Readonly<Record<Status, { tone?: Tone; icon: IconName }>> = {
  live: { tone: 'good', icon: 'play' },
  paused: { tone: 'warn', icon: 'pause' },
  draft: { icon: 'edit' },
  archived: { icon: 'archive' },
};

export const StatusBadge = ({
  journey: { status, paused },
}: {
  journey: Pick<JourneySummary, 'status' | 'paused'>;
}) => {
  const look = paused ? ({ tone: 'bad', icon: 'warn' } as const) : looks[status];
  return <Badge {...look}>{words.journeys.status[status]}</Badge>;
};
