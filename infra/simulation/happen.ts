import { iso } from '#kernel/clock';
import { Refusal } from '#kernel/errors';
import { derivedId } from '#kernel/ids';
import type { SimulationEvent } from '#model/simulation';
import { putEvent, type StoredEvent } from '#store/contacts/events';
import { main } from '#store/keys';
import type { World } from '../local/world.ts';
import { eventOf } from './arrive.ts';

/** What was to happen cannot: a message that was not sent, a task that nobody was given. */
export class Impossible extends Error {
  override readonly name = 'Impossible';
}

export const happen = async (world: World, contact: string, event: SimulationEvent): Promise<void> => {
  const at = iso(world.clock.now());
  const store = (more: Partial<StoredEvent>) =>
    putEvent(world.store, eventOf(contact, derivedId('simulated', contact, JSON.stringify(event)), at, more));
  if ('event' in event) await store({ type: 'track', name: event.event, properties: event.properties });
  else if ('form' in event) await store({ type: 'form', name: event.form, properties: event.properties });
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
  if (!step) throw new Impossible(`"task": "${task}" was not given to anybody by ${iso(world.clock.now())}.`);
  const id = Number(step.visit) > 1 ? `${step.run}.${task}.${step.visit}` : `${step.run}.${task}`;
  const { status, text } = await world.http({
    method: 'POST',
    path: `/v1/tasks/${id}/outcome`,
    headers: { authorization: `Bearer ${world.adminToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ outcome }),
  });
  if (status >= 400) throw new Impossible(`"task": "${task}" cannot be answered "${outcome}": ${text}`);
};

const feedbackFor = {
  delivered: 'delivery',
  opened: 'open',
  clicked: 'click',
  bounced: 'bounce',
  complained: 'complaint',
  sent: 'send',
} as const;

const react = async (
  world: World,
  contact: string,
  { message, was, link }: Extract<SimulationEvent, { message: string }>,
): Promise<void> => {
  const send = (await historyOf(world, contact)).findLast(
    (item) => item.kind === 'send' && item.step === message && item.status === 'sent',
  );
  if (!send)
    throw new Impossible(
      `"message": "${message}" was not sent by ${iso(world.clock.now())}: it cannot be ${was}.`,
    );
  if (was === 'skipped') return;
  const feedback = { sendId: String(send.id), type: feedbackFor[was], ...(link ? { link } : {}) };
  await world.feedback(feedback).catch((error: unknown) => {
    if (!(error instanceof Refusal)) throw error;
    throw new Impossible(`"message": "${message}" cannot be ${was}: ${error.message}`);
  });
};
