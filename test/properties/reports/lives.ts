import { iso } from '#kernel/clock';
import { derivedId } from '#kernel/ids';
import { main } from '#store/keys';
import type { Item } from '#store/table';

/** One write of what happened: an item as it is from then on, or its end. */
export type Happening = { key: { pk: string; sk: string } } & ({ item: Item } | { gone: true });

export interface Life {
  contact: string;
  /** In the order in which they were written. */
  happenings: Happening[];
}

export const journey = 'proof';
const day = 86_400_000;
const begin = Date.UTC(2026, 0, 20, 7);

/** A small generator of chance, so that each run of the test is the same. */
export const chanceOf = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) >>> 0;
    return ((state ^ (state >>> 13)) >>> 0) / 2 ** 32;
  };
};

const sourceNames = ['google', 'newsletter', 'Facebook', undefined];

/** What a contact lived through, as the tables hold it; nothing here knows how it is counted. */
export const lifeOf = (number: number): Life => {
  const chance = chanceOf(number * 7_919 + 13);
  const contact = derivedId('life', number);
  const happenings: Happening[] = [];
  const put = (key: { pk: string; sk: string }, item: Item): Item => {
    happenings.push({ key, item });
    return item;
  };
  const seen = begin + Math.floor(chance() * 60 * day);
  const source = sourceNames[Math.floor(chance() * sourceNames.length)];
  const isVisitor = chance() < 0.1;
  const profile = {
    ...{ kind: 'profile', id: contact, createdAt: iso(seen), rev: 0 },
    ...(source && { source: { source: source.toLowerCase() } }),
    unsettled: 'visitor#1',
  };
  put(main.profile(contact), profile);
  if (!isVisitor) {
    const { unsettled: _, ...known } = profile;
    put(main.profile(contact), { ...known, rev: 1 });
  }
  const event = (id: string, at: number, members: Item, happenedAt = at): void => {
    const key = main.event(contact, id);
    const item = {
      ...{ kind: 'event', id, contact, properties: {}, at: iso(at), happenedAt: iso(happenedAt) },
    };
    put(key, { ...item, ...members, state: 'accepted' });
    put(key, { ...item, ...members, state: chance() < 0.01 ? 'quarantined' : 'heard' });
  };
  // Orders, some told days after they happened.
  for (let i = 0; i < Math.floor(chance() * 4); i++) {
    const happened = seen + Math.floor(chance() * 60 * day);
    const late = chance() < 0.3 ? Math.floor(chance() * 20 * day) : 0;
    const properties = chance() < 0.9 ? { revenue: Math.round(chance() * 20_000) / 100 } : {};
    event(`order-${i}`, happened + late, { type: 'track', name: 'Order Completed', properties }, happened);
  }
  if (chance() < 0.2) return { contact, happenings };
  const run = `${contact}-${derivedId('run', number)}`;
  const started = seen + Math.floor(chance() * 5 * day);
  const place = { contact, run, journey, version: 1, visit: 1 };
  const about = {
    since: iso(seen),
    ...(source && { source: { source: source.toLowerCase() } }),
    segments: chance() < 0.3 ? ['vip'] : [],
  };
  let state: Item = {
    ...{ kind: 'run', id: run, contact, journey, version: 1, status: 'entering' },
    ...{ at: iso(started), startedAt: iso(started), about, trigger: { properties: {} } },
  };
  const runKey = main.run(contact, run);
  const change = (members: Item): void => {
    state = put(runKey, { ...state, ...members });
  };
  change({});
  change({ status: 'active' });

  const send = (step: string, template: string, at: number): void => {
    const id = `${contact}-${derivedId('send', number, step)}`;
    const key = main.send(contact, id);
    const base = { ...place, kind: 'send', id, step, template, channel: 'email', at: iso(at) };
    if (chance() < 0.1) {
      put(key, { ...base, status: 'skipped', reason: chance() < 0.5 ? 'no-consent' : 'cap' });
      return;
    }
    put(key, { ...base, status: 'claimed' });
    let item: Item = put(key, {
      ...base,
      status: chance() < 0.97 ? 'sent' : 'indeterminate',
      sentAt: iso(at),
    });
    const told = ['deliveredAt', 'openedAt', 'clickedAt', 'complainedAt'].filter(
      (_, i) => chance() < [0.95, 0.5, 0.3, 0.02][i]!,
    );
    // In any order, and days later.
    for (const member of told.sort(() => chance() - 0.5))
      item = put(key, { ...item, [member]: iso(at + Math.floor(chance() * 9 * day)) });
    if (item.clickedAt === undefined) return;
    const link = `https://www.acme.example/${['demo', 'prices?u=ada%40x.y', 'order/12345678'][Math.floor(chance() * 3)]}`;
    for (const machine of chance() < 0.2 ? [true, undefined] : [undefined])
      event(`click-${step}-${machine ?? ''}`, at + 3_600_000, {
        ...{ type: 'message', name: 'Message Clicked' },
        message: {
          sendId: id,
          run,
          journey,
          step,
          channel: 'email',
          was: 'clicked',
          link,
          ...(machine && { machine }),
        },
      });
  };
  const step = (name: string, at: number, outcome: Item, before?: Item): void => {
    const key = main.step(contact, run, name, 1);
    const base = { ...place, kind: 'step', step: name, type: 'x', at: iso(at) };
    if (before) put(key, { ...base, ...before });
    put(key, { ...base, ...outcome });
  };
  send('hello', 'welcome', started + 60_000);
  const answered = Math.floor(chance() * 2) - 1;
  const reached = started + 2 * day;
  if (chance() < 0.1) {
    step('reaction', started + 60_000, { outcome: 'waiting' });
    return { contact, happenings };
  }
  step(
    'reaction',
    started + 60_000,
    { outcome: 'answered', branch: answered, answer: 'x' },
    { outcome: 'waiting' },
  );
  const arm = chance() < 0.5 ? 0 : 1;
  step('test', reached, { outcome: 'answered', branch: arm, answer: 'x' });
  if (chance() < 0.5) send('offer', 'offer', reached + 60_000);
  else step('offer', reached + 60_000, { outcome: 'skipped', reason: 'condition' });
  if (chance() < (arm === 0 ? 0.2 : 0.45)) {
    const at = started + Math.floor(chance() * 10 * day);
    change({
      converted: { at: iso(at), ...(chance() < 0.8 && { value: Math.round(chance() * 10_000) / 100 }) },
    });
  }
  change({ status: 'ended', ended: { how: state.converted ? 'goal' : 'completed' } });
  return { contact, happenings };
};
