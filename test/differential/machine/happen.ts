import { editContact } from '#functions/contacts/changing/apply';
import { hearMessage } from '#functions/feedback/hear-message';
import type { World } from '#infra/local/world';
import { iso } from '#kernel/clock';
import type { ContactEvent } from '#model/event';
import type { HistoryItem } from '#store/contacts/events';
import { history, putEvent } from '#store/contacts/events';
import type { Edit, Happening, Properties } from '../interpreter/story.ts';
import { happeningId } from './dice.ts';

/** It reaches the system behind its front door, with an id that the dice know. */
export const happen = async (world: World, id: string, what: Happening, number: number): Promise<void> => {
  const store = (more: Partial<ContactEvent>) => accept(world, id, happeningId(number), more);
  if ('event' in what) await store({ name: what.event, properties: what.properties ?? {} });
  else if ('form' in what) await store({ type: 'form', name: what.form, properties: what.properties ?? {} });
  else if ('enrol' in what)
    await store({ type: 'manual', name: what.enrol, properties: what.properties ?? {} });
  else if ('identify' in what) await store({ type: 'identify', name: 'Identified', traits: what.identify });
  else if ('edit' in what) await edit(world, id, what.edit, happeningId(number));
  else if ('task' in what) await answerTask(world, id, what);
  else await tell(world, id, what);
};

/** The contact says who it is: the first that is heard of it. */
export const meet = (world: World, id: string, traits: Properties): Promise<unknown> =>
  accept(world, id, happeningId(-1), { type: 'identify', name: 'Identified', traits });

const accept = ({ store, clock }: World, contact: string, id: string, more: Partial<ContactEvent>) => {
  const at = iso(clock.now());
  return putEvent(store, {
    ...{ id, contact, type: 'track', name: '', at, happenedAt: at, properties: {}, depth: 0 },
    state: 'accepted',
    ...more,
  });
};

const edit = ({ store, clock }: World, contact: string, update: Edit, id: string) =>
  editContact(store, contact, { id, by: 'api', at: iso(clock.now()), depth: 0, update });

const last = async <K extends HistoryItem['kind']>(
  { store }: World,
  contact: string,
  kind: K,
  isIt: (item: Extract<HistoryItem, { kind: K }>) => boolean,
) => {
  const items = await history(store, contact);
  return items.findLast((item) => item.kind === kind && isIt(item as never)) as
    | Extract<HistoryItem, { kind: K }>
    | undefined;
};

const answerTask = async (
  world: World,
  contact: string,
  { task, outcome }: { task: string; outcome: string },
): Promise<void> => {
  const found = await last(
    world,
    contact,
    'step',
    ({ step, type, outcome }) => step === task && type === 'task' && outcome !== 'skipped',
  );
  if (!found) return;
  const id = found.visit > 1 ? `${found.run}.${task}.${found.visit}` : `${found.run}.${task}`;
  await world.http({
    ...{ method: 'POST', path: `/v1/tasks/${id}/outcome`, body: JSON.stringify({ outcome }) },
    headers: { authorization: `Bearer ${world.adminToken}`, 'content-type': 'application/json' },
  });
};

const tell = async (
  world: World,
  contact: string,
  { message, was, machine }: Extract<Happening, { message: string }>,
): Promise<void> => {
  const send = await last(
    world,
    contact,
    'send',
    ({ step, status }) => step === message && status === 'sent',
  );
  if (!send) return;
  await hearMessage(world.store, {
    ...{ sendId: send.id, was, happenedAt: iso(world.clock.now()) },
    ...(machine ? { machine } : {}),
    ...(was === 'bounced' ? { bounce: 'hard' } : {}),
  });
};
