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

const campaigns = ['spring', undefined];

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
  // Of its own, so that what was lived before stays as it was.
  const other = chanceOf(number * 104_729 + 7);
  const campaign = source && campaigns[Math.floor(other() * campaigns.length)];
  const touch = source && { source: source.toLowerCase(), ...(campaign && { campaign }) };
  const profile = {
    ...{ kind: 'profile', id: contact, createdAt: iso(seen), rev: 0 },
    ...(touch && { source: touch }),
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
    const properties = {
      ...(chance() < 0.9 ? { revenue: Math.round(chance() * 20_000) / 100 } : {}),
      ...(other() < 0.05 && { currency: 'USD' }),
    };
    event(`order-${i}`, happened + late, { type: 'track', name: 'Order Completed', properties }, happened);
  }
  // What they think of us, some in words that are no answer.
  if (other() < 0.3)
    event('nps', seen + Math.floor(other() * 50 * day), {
      ...{ type: 'form', name: 'survey' },
      properties: { score: other() < 0.1 ? 'great' : String(Math.floor(other() * 11)) },
    });
  if (other() < 0.3)
    event('csat', seen + Math.floor(other() * 50 * day), {
      ...{ type: 'track', name: 'Rated' },
      properties: { stars: 1 + Math.floor(other() * 5) },
    });
  const segment = main.membership(contact, 'vip');
  const isMember = other() < 0.4;
  if (isMember) put(segment, { kind: 'membership', contact, segment: 'vip', since: iso(seen) });
  if (isMember && other() < 0.3) happenings.push({ key: segment, gone: true });
  if (other() < 0.1)
    put(main.refusal(contact, 'e', journey), {
      ...{ kind: 'refusal', contact, event: 'e', journey, version: 1, bornAt: iso(seen) },
      reason: other() < 0.5 ? 're-entry' : 'condition',
    });
  if (chance() < 0.2) return { contact, happenings };
  const run = `${contact}-${derivedId('run', number)}`;
  const started = seen + Math.floor(chance() * 5 * day);
  const version = 1 + (number % 2);
  const place = { contact, run, journey, version, visit: 1 };
  const about = {
    since: iso(seen),
    ...(touch && { source: touch }),
    segments: chance() < 0.3 ? ['vip'] : [],
  };
  let state: Item = {
    ...{ kind: 'run', id: run, contact, journey, version, status: 'entering' },
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
    if (other() < 0.05) {
      put(key, { ...base, status: 'failed', reason: other() < 0.5 ? 'not-accepted' : 'rejected' });
      return;
    }
    if (other() < 0.05) return;
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
    if (other() < 0.06) {
      const bounced = iso(at + Math.floor(other() * 9 * day));
      item = put(key, { ...item, bouncedAt: bounced, ...(other() < 0.5 && { hardBouncedAt: bounced }) });
    }
    for (const was of ['unsubscribed', 'replied'] as const)
      if (other() < 0.04)
        event(`${was}-${step}`, at + Math.floor(other() * 9 * day), {
          ...{ type: 'message', name: `Message ${was}` },
          message: { sendId: id, run, journey, step, channel: 'email', was },
        });
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
  if (other() < 0.05)
    change({ wait: { kind: 'hold', step: 'hello', reason: other() < 0.5 ? 'quiet-hours' : 'cap' } });
  if (chance() < 0.1) {
    step('reaction', started + 60_000, { outcome: 'waiting' });
    return { contact, happenings };
  }
  const heard = started + 60_000 + Math.floor(other() * 2 * day);
  step(
    'reaction',
    started + 60_000,
    { outcome: 'answered', branch: answered, answer: 'x', ...(other() < 0.9 && { endedAt: iso(heard) }) },
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
  if (other() < 0.1)
    step('hook', reached, { outcome: 'failed', reason: 'no-answer' }, { outcome: 'waiting' });
  const isOut = !state.converted && other() < 0.1;
  change({
    ...{ status: 'ended', wait: undefined },
    ended: isOut ? { how: 'exited', step: 'out' } : { how: state.converted ? 'goal' : 'completed' },
  });
  return { contact, happenings };
};
