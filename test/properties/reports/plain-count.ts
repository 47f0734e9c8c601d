import type { Item } from '#store/table';
import { journey } from './lives.ts';

/**
 * The figures once more, by plain loops over everything that ever stood there, as it stood last. Written
 * apart from the reports: it shares no code with them, and counts contact by contact instead of item by item.
 */

export interface Known extends Item {
  /** It was removed later. */
  removed?: boolean;
}

const berlin = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Berlin', dateStyle: 'short' });
export const dayOf = (at: unknown): string => berlin.format(new Date(String(at)));

export interface Span {
  from: string;
  to: string;
}
export const within = (at: unknown, span: Span | undefined): boolean =>
  span === undefined || (dayOf(at) >= span.from && dayOf(at) <= span.to);

export const count = <T>(all: readonly T[], holds: (one: T) => unknown): number =>
  all.filter((one) => holds(one)).length;
export const cents = (all: readonly unknown[]): number =>
  Math.round(all.reduce<number>((sum, n) => sum + Math.round(Number(n) * 100), 0)) / 100;

/** Steps and messages that a run came through before it converted, by name. */
const passed = (items: readonly Known[], run: Known): Set<string> =>
  new Set(
    items
      .filter((item) => (item.kind === 'step' || item.kind === 'send') && item.run === run.id)
      .filter((item) => String(item.at) <= (run.converted as { at: string }).at)
      .map((item) => String(item.step)),
  );

export const plainCount = (all: readonly Known[], span?: Span) => {
  const people = [...Map.groupBy(all, (item) => String(item.contact ?? item.id)).values()];
  const runs = all.filter((item) => item.kind === 'run' && item.journey === journey);
  const inSpan = runs.filter((run) => within(run.startedAt, span));
  const steps = all.filter((item) => item.kind === 'step' && within(item.at, span));
  const sends = all.filter((item) => item.kind === 'send' && within(item.at, span));
  const events = all.filter((item) => item.kind === 'event');
  const visits = (name: string): number => count([...steps, ...sends], (item) => item.step === name);
  const credited = (name: string, holds: (item: Known) => boolean = () => true): number =>
    people.reduce((sum, items) => {
      const converted = items.filter((item) => item.kind === 'run' && item.converted);
      return (
        sum +
        count(converted, (run) => {
          const here = items.find((item) => item.run === run.id && item.step === name && holds(item));
          return here && within(here.at, span) && passed(items, run).has(name);
        })
      );
    }, 0);
  const message = (name: string) => {
    const own = sends.filter((item) => item.step === name);
    return {
      ...{ entered: visits(name), sent: count(own, (item) => item.status === 'sent') },
      delivered: count(own, (item) => item.deliveredAt),
      opened: count(own, (item) => item.openedAt),
      clicked: count(own, (item) => item.clickedAt),
      complained: count(own, (item) => item.complainedAt),
      indeterminate: count(own, (item) => item.status === 'indeterminate'),
      converted: credited(name),
    };
  };
  const answers = (name: string, branches: readonly number[]) =>
    branches.map((branch) => ({
      branch,
      count: count(steps, (item) => item.step === name && item.branch === branch),
      converted: credited(name, (item) => item.branch === branch),
    }));
  const clicks = new Map<string, number>();
  for (const event of events) {
    const fact = event.message as { machine?: boolean; step: string; link?: string } | undefined;
    if (!fact?.link || fact.machine || !within(event.happenedAt, span)) continue;
    const path = fact.link.includes('order') ? 'order/*' : fact.link.includes('prices') ? 'prices' : 'demo';
    const key = `${fact.step} www.acme.example/${path}`;
    clicks.set(key, (clicks.get(key) ?? 0) + 1);
  }
  const orders = events.filter((event) => event.name === 'Order Completed');
  const spanned = orders.filter((event) => within(event.happenedAt, span));
  const revenueOf = (event: Known): unknown => {
    const { revenue, currency } = event.properties as { revenue?: number; currency?: string };
    return currency === 'USD' ? 0 : revenue;
  };
  const conversions = runs.filter(
    (run) => run.converted && within((run.converted as { at: string }).at, span),
  );
  const leads = all.filter(
    (item) => item.kind === 'profile' && !item.unsettled && within(item.createdAt, span),
  );
  const sourceOf = (run: Known): string =>
    (run.about as { source?: { source: string } }).source?.source ?? '(none)';
  return {
    entered: inSpan.length,
    active: count(inSpan, (run) => run.status !== 'ended' && !run.removed),
    converted: count(inSpan, (run) => run.converted),
    value: cents(inSpan.map((run) => (run.converted as { value?: number } | undefined)?.value ?? 0)),
    ended: {
      goal: count(inSpan, (run) => (run.ended as { how?: string } | undefined)?.how === 'goal'),
      completed: count(inSpan, (run) => (run.ended as { how?: string } | undefined)?.how === 'completed'),
    },
    hello: message('hello'),
    offer: message('offer'),
    skipped: {
      cap: count(sends, (item) => item.step === 'offer' && item.reason === 'cap'),
      'no-consent': count(sends, (item) => item.step === 'offer' && item.reason === 'no-consent'),
      condition: count(steps, (item) => item.step === 'offer' && item.reason === 'condition'),
    },
    waiting: count(steps, (item) => item.step === 'reaction' && item.outcome === 'waiting' && !item.removed),
    reaction: answers('reaction', [0, -1]),
    test: answers('test', [0, 1]),
    clicks: Object.fromEntries([...clicks].sort()),
    overview: {
      ...{ leads: leads.length, orders: spanned.length, entered: inSpan.length },
      events: count(events, (event) => within(event.happenedAt, span)),
      revenue: cents(spanned.map((event) => revenueOf(event) ?? 0)),
      conversions: conversions.length,
      value: cents(conversions.map((run) => (run.converted as { value?: number }).value ?? 0)),
    },
    template: {
      messages: count(sends, (item) => item.template === 'welcome'),
      clicked: count(sends, (item) => item.template === 'welcome' && item.clickedAt),
      converted: credited('hello'),
    },
    vip: {
      entered: count(inSpan, (run) => (run.about as { segments: string[] }).segments.includes('vip')),
      converted: count(
        inSpan,
        (run) => run.converted && (run.about as { segments: string[] }).segments.includes('vip'),
      ),
    },
    sources: Object.fromEntries(
      ['(none)', 'facebook', 'google', 'newsletter'].map((name) => [
        name,
        {
          leads: count(
            leads,
            (item) => ((item.source as { source: string } | undefined)?.source ?? '(none)') === name,
          ),
          entered: count(inSpan, (run) => sourceOf(run) === name),
          conversions: count(conversions, (run) => sourceOf(run) === name),
        },
      ]),
    ),
    times: inSpan
      .filter((run) => run.converted)
      .map((run) => Date.parse((run.converted as { at: string }).at) - Date.parse(String(run.startedAt)))
      .sort((a, b) => a - b),
  };
};
