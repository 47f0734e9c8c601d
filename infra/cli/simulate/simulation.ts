import type { Trigger } from '#conditions/triggers';
import { iso } from '#kernel/clock';
import { offset, toMilliseconds } from '#kernel/durations';
import { derivedId, drawn, runId } from '#kernel/ids';
import { type Contact, emptyContact } from '#model/contact';
import { applyEvent } from '#policy/apply-event';
import { noChange } from '#policy/contact-change';
import { type Identity, normaliseEmail, normalisePhone } from '#policy/identity';
import type { Journey } from '#statemachines/document/schema';
import type { SimulationEvent } from '#statemachines/simulate/events';
import { newContactWrite } from '#store/contacts';
import { putEvent, type StoredEvent } from '#store/events';
import { claimWrites } from '#store/identities';
import { main } from '#store/keys';
import { transact } from '#store/table';
import type { ClientFolder } from '../../client-folder.ts';
import { createWorld, type World } from '../../local/world.ts';
import { type Simulation, tellSimulation } from './tell.ts';

/** One contact's way to be walked. */
export interface Walk {
  /** As the `--contact` file: fields, and `consent`, `tags`, `score`, `stage`, `timezone`. */
  contact: Record<string, unknown>;
  /** As the `--events` file. */
  events: readonly SimulationEvent[];
  /** What starts the run; the journey's first trigger when left out. */
  trigger?: { on: Trigger; properties: Record<string, unknown> };
  /** Arms that the draw must give, by step. */
  arms?: Readonly<Record<string, string>>;
}

export interface SimulationOptions {
  folder: ClientFolder;
  document: Journey;
  /** Milliseconds since the epoch. */
  start: number;
  seed: number;
}

/** Walks the compiled machine with the real functions, each contact on its own way, on one virtual clock. */
export const simulate = async (walks: readonly Walk[], options: SimulationOptions): Promise<Simulation[]> => {
  const { folder, document, start, seed } = options;
  const world = await createWorld({
    client: folder,
    clock: 'virtual',
    start,
    seed,
    sync: 'off',
    autoDelivery: false,
  });
  try {
    const people = walks.map((walk, i) => ({ walk, id: idFor(document, walk, `${seed}.${i}`) }));
    for (const { walk, id } of people) await arrive(world, walk, id, document, start);
    const agenda = people.flatMap(({ walk, id }) =>
      walk.events.map((event) => ({ at: timeOf(event.at, start), act: () => happen(world, id, event) })),
    );
    for (const { at, act } of agenda.filter((a) => a.at >= start).sort((a, b) => a.at - b.at)) {
      await world.advanceTo(Math.max(at, world.clock.now()));
      await act();
      await world.drain();
    }
    await runOut(world, start);
    return await Promise.all(people.map(({ id }) => tellSimulation(world, id, document, start)));
  } finally {
    await world.close();
  }
};

const day = 86_400_000;

/** A run lasts at most a year. */
const runOut = async (world: World, start: number): Promise<void> => {
  for (let days = 0; days <= 366 && world.executions().some(({ status }) => status === 'RUNNING'); days += 6)
    await world.advanceTo(Math.max(world.clock.now(), start + days * day));
};

const timeOf = (at: string, start: number): number =>
  /^[+-]/.test(at) ? start + toMilliseconds(offset(at)) : Date.parse(at);

const eventId = 'simulated-trigger';

/** A contact whose run draws the wanted arms: the draw is a hash of the run, so another id draws anew. */
const idFor = (document: Journey, { arms = {} }: Walk, seed: string): string => {
  for (let n = 0; n < 10_000; n++) {
    const id = derivedId('simulated', seed, n);
    const run = runId(id, document.id, '', eventId);
    if (Object.entries(arms).every(([step, arm]) => armOf(document, run, step) === arm)) return id;
  }
  throw new Error(`No draw gives the arms ${JSON.stringify(arms)}: is one of their weights 0?`);
};

const armOf = (document: Journey, run: string, step: string): string | undefined => {
  let edge = 0;
  for (const { name, weight } of findSplit(document.steps, step) ?? []) {
    edge += weight;
    if (drawn(run, step) * 100 < edge) return name;
  }
  return undefined;
};

interface Arm {
  name: string;
  weight: number;
}

const findSplit = (node: unknown, id: string): readonly Arm[] | undefined => {
  if (typeof node !== 'object' || node === null) return undefined;
  const found = node as { id?: unknown; arms?: readonly Arm[] };
  if (found.id === id && found.arms) return found.arms;
  for (const child of Object.values(node)) {
    const inner = findSplit(child, id);
    if (inner) return inner;
  }
  return undefined;
};

const arrive = async (
  world: World,
  walk: Walk,
  id: string,
  document: Journey,
  start: number,
): Promise<void> => {
  await saveContact(world, contactFrom(walk.contact, id, iso(start)));
  for (const event of walk.events) {
    const at = timeOf(event.at, start);
    if (at < start && 'event' in event)
      await putEvent(
        world.store,
        eventOf(id, `past-${event.at}-${event.event}`, iso(at), {
          type: 'track',
          name: event.event,
          properties: event.properties ?? {},
          state: 'heard',
        }),
      );
  }
  const { on, properties } = walk.trigger ?? { on: document.enter.on[0]!, properties: {} };
  await trigger(world, id, on, properties, document);
  await world.drain();
};

const contactFrom = (traits: Record<string, unknown>, id: string, at: string): Contact => {
  const event = eventOf(id, 'simulated-contact', at, { type: 'identify', name: 'Identified', traits });
  return { ...applyEvent(emptyContact(id, at), event).contact, id };
};

const saveContact = async ({ store }: World, contact: Contact): Promise<void> => {
  const { email, phone } = contact.fields;
  const identities: Identity[] = [
    ...(typeof email === 'string' ? [{ kind: 'email' as const, value: normaliseEmail(email) ?? email }] : []),
    ...(typeof phone === 'string' ? [{ kind: 'phone' as const, value: normalisePhone(phone) ?? phone }] : []),
  ];
  const keys = identities.map(({ kind, value }) => main.identity(kind, value));
  await transact(store.dynamodb, [
    newContactWrite(store, contact, keys),
    ...claimWrites(store, contact.id, identities),
  ]);
};

const eventOf = (contact: string, id: string, at: string, more: Partial<StoredEvent>): StoredEvent => ({
  id,
  contact,
  type: 'track',
  name: '',
  at,
  happenedAt: at,
  properties: {},
  depth: 0,
  state: 'accepted',
  ...more,
});

/** The event that starts the run, stored as if a website had sent it. */
const trigger = async (
  world: World,
  id: string,
  on: Trigger,
  properties: Record<string, unknown>,
  { id: journey }: Journey,
): Promise<void> => {
  const at = iso(world.clock.now());
  await putEvent(world.store, eventOf(id, eventId, at, { properties, ...startedBy(on, journey) }));
};

const startedBy = (on: Trigger, journey: string): Partial<StoredEvent> => {
  if ('event' in on) return { type: 'track', name: on.event };
  if ('form' in on) return { type: 'form', name: on.form };
  if ('tag' in on) return { type: 'identify', name: 'Identified', addTags: [on.tag] };
  if ('segment' in on) {
    const change = {
      ...noChange('simulation'),
      [on.when === 'leaves' ? 'segmentsLeft' : 'segmentsEntered']: [on.segment],
    };
    return { type: 'change', name: 'Contact Changed', change };
  }
  return { type: 'manual', name: journey };
};

const feedbackFor = {
  delivered: 'delivery',
  opened: 'open',
  clicked: 'click',
  bounced: 'bounce',
  complained: 'complaint',
  sent: 'send',
} as const;

const happen = async (world: World, contact: string, event: SimulationEvent): Promise<void> => {
  const at = iso(world.clock.now());
  const store = (more: Partial<StoredEvent>) =>
    putEvent(world.store, eventOf(contact, derivedId('simulated', contact, JSON.stringify(event)), at, more));
  if ('event' in event) await store({ type: 'track', name: event.event, properties: event.properties ?? {} });
  else if ('form' in event)
    await store({ type: 'form', name: event.form, properties: event.properties ?? {} });
  else if ('tag' in event) await store({ type: 'identify', name: 'Identified', addTags: [event.tag] });
  else if ('task' in event) await answerTask(world, contact, event);
  else await react(world, contact, event);
};

const historyOf = (world: World, contact: string) =>
  world.store.main.query({ pk: main.contactPk(contact), index: 'by-time' });

const answerTask = async (
  world: World,
  contact: string,
  { task, outcome }: { task: string; outcome: string },
): Promise<void> => {
  const step = (await historyOf(world, contact)).findLast(
    (item) => item.kind === 'step' && item.step === task,
  );
  if (!step) throw new Error(`"task": "${task}" was not given to anybody by ${iso(world.clock.now())}.`);
  const { status, text } = await world.http({
    method: 'POST',
    path: `/v1/tasks/${step.run}.${task}/outcome`,
    headers: { authorization: `Bearer ${world.adminToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ outcome }),
  });
  if (status >= 400) throw new Error(`"task": "${task}" cannot be answered "${outcome}": ${text}`);
};

const react = async (
  world: World,
  contact: string,
  { message, was, link }: Extract<SimulationEvent, { message: string }>,
): Promise<void> => {
  const send = (await historyOf(world, contact)).findLast(
    (item) => item.kind === 'send' && item.step === message && item.status === 'sent',
  );
  if (!send)
    throw new Error(
      `"message": "${message}" was not sent by ${iso(world.clock.now())}: it cannot be ${was}.`,
    );
  if (was === 'skipped') return;
  await world.feedback({ sendId: String(send.id), type: feedbackFor[was], ...(link ? { link } : {}) });
};
