import type { Overview } from '../figures/overview.ts';
import { field, members, share, tabulate } from './table.ts';

const figures = ['leads', 'events', 'entered', 'conversions', 'value', 'orders', 'revenue'] as const;
const outcomes = [
  ...(['messages', 'sent', 'delivered', 'opened', 'clicked', 'bounced', 'complained'] as const),
  ...(['unsubscribed', 'skipped', 'failed', 'indeterminate'] as const),
] as const;

const healthRows = ({ health }: Overview) => [
  ...(['bounces', 'complaints'] as const).map((figure) => ({
    ...{ figure, value: health[figure].count, of: health[figure].of, rate: health[figure] },
  })),
  ...(['indeterminate', 'quarantined'] as const).map((figure) => ({
    ...{ figure, value: health[figure], of: null, rate: undefined },
  })),
  { figure: 'lag in seconds', value: health.lagSeconds, of: null, rate: undefined },
  ...health.held.map(({ reason, count }) => ({
    ...{ figure: `held: ${reason}`, value: count, of: null, rate: undefined },
  })),
];

export const overviewTables = {
  days: ({ days }: Overview) =>
    tabulate('days', 'By day', days, [
      ...members('day', ...figures),
      ...outcomes.map((what) => field(what, (day: Overview['days'][number]) => day.messages[what])),
    ]),
  totals: ({ totals, active }: Overview) =>
    tabulate(
      'totals',
      'In all',
      [
        ...figures.map((figure) => ({ figure, value: totals[figure] })),
        { figure: 'active', value: active },
        ...outcomes.map((what) => ({ figure: what, value: totals.messages[what] })),
      ],
      members('figure', 'value'),
    ),
  channels: ({ channels }: Overview) =>
    tabulate(
      'channels',
      'Messages by channel',
      Object.entries(channels).map(([channel, messages]) => ({ channel, ...messages })),
      members('channel', ...outcomes),
    ),
  health: (overview: Overview) =>
    tabulate('health', 'Health', healthRows(overview), [
      ...members('figure', 'value', 'of'),
      share('rate', ({ rate }) => rate),
    ]),
};
