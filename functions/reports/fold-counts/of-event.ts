import type { ContactEvent } from '#model/event';
import type { Definitions } from '#model/report-settings';
import { dayIn } from '#policy/reports/calendar';
import { linkName } from '#policy/reports/names';
import type { Counting } from './contributions.ts';
import type { Counted } from './counted.ts';
import { counterName, everything, linkCounters, type Rows } from './rows.ts';

/** The number at `properties.a.b`. */
const numberAt = ({ properties }: Counted<'event'>, path: string): number | undefined => {
  const found = path
    .split('.')
    .slice(1)
    .reduce<unknown>(
      (value, name) =>
        typeof value === 'object' && value !== null && Object.hasOwn(value, name)
          ? (value as Record<string, unknown>)[name]
          : undefined,
      properties,
    );
  const value = typeof found === 'string' && found.trim() !== '' ? Number(found) : found;
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
};

const isAbout = (
  { type, name }: Counted<'event'>,
  asked: { form?: string | undefined; event?: string | undefined },
) => (type === 'form' ? name === asked.form : type === 'track' && name === asked.event);

interface CountedEvent {
  event: Counted<'event'>;
  rows: Rows;
  definitions: Definitions;
  day: string;
}

const addReader = ({ event, rows, day }: CountedEvent, { nameIn }: Counting): void => {
  const { message } = event;
  if (!message || message.machine) return;
  const { was, link, journey, step, channel } = message;
  const subject = linkCounters(journey);
  if (was === 'clicked' && link !== undefined)
    rows.addBoth({ subject, day }, counterName(step, 'clicked', nameIn(subject, linkName(link))));
  if (was !== 'unsubscribed' && was !== 'replied') return;
  rows.addBoth({ subject, day }, counterName(step, was));
  rows.add({ subject: everything, day }, counterName(channel, was));
};

type Order = { value: number } | { value?: never; lacks: 'currency' | 'value' };

/** Undefined where it is no order. */
export const orderIn = (event: Counted<'event'>, { revenue }: Definitions): Order | undefined => {
  if (event.type !== 'track' || event.name !== revenue.event) return undefined;
  const currency = event.properties?.currency;
  const isOther =
    revenue.currency !== undefined &&
    typeof currency === 'string' &&
    currency.toUpperCase() !== revenue.currency;
  if (isOther) return { lacks: 'currency' };
  const value = numberAt(event, revenue.value);
  return value === undefined ? { lacks: 'value' } : { value };
};

const addOrder = ({ event, rows, definitions, day }: CountedEvent): void => {
  const order = orderIn(event, definitions);
  if (!order) return;
  const place = { subject: everything, day };
  rows.add(place, counterName('', 'orders'));
  if (order.value === undefined) {
    rows.add(place, counterName('', 'ordersWithout', order.lacks));
    return;
  }
  const { value } = order;
  rows.add(place, counterName('', 'revenue'), value);
  rows.add(place, counterName('', 'revenueSquares'), value * value);
  rows.add(place, counterName('', 'valuedOrders'));
};

const addAnswers = ({ event, rows, definitions: { nps, csat }, day }: CountedEvent): void => {
  const place = { subject: everything, day };
  const score = nps && isAbout(event, nps) ? numberAt(event, nps.value) : undefined;
  if (score !== undefined && score >= 0 && score <= 10)
    rows.add(place, counterName('', 'nps', score >= 9 ? 'promoter' : score <= 6 ? 'detractor' : 'passive'));
  const answer = csat && isAbout(event, csat) ? numberAt(event, csat.value) : undefined;
  if (csat && answer !== undefined)
    rows.add(place, counterName('', 'csat', answer >= csat.satisfiedFrom ? 'satisfied' : 'other'));
};

/** Events belong to the day on which they happened, however late they are told. */
export const ofEvent = (event: Counted<'event'>, rows: Rows, counting: Counting): void => {
  const { definitions } = counting;
  const day = dayIn(definitions.timezone, event.happenedAt ?? event.at);
  const counted = { event, rows, definitions, day };
  rows.add({ subject: everything, day }, counterName('', 'events'));
  if (event.state === 'quarantined') rows.add({ subject: everything }, counterName('', 'quarantined'));
  addReader(counted, counting);
  addOrder(counted);
  addAnswers(counted);
};

/** Does it show that its contact is a customer who is still there? */
export const isActivity = (
  { type, name }: Pick<ContactEvent, 'type' | 'name'>,
  { active }: Definitions,
): boolean => (type === 'track' || type === 'page' || type === 'screen') && active.includes(name);
