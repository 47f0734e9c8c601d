import { iso } from '#kernel/clock';
import type { Run, StepRecord } from '#model/run';
import type { Send } from '#model/send';
import type { Simulation } from '#model/simulation';
import type { Plan } from '#statemachines/compile/plan';
import { history } from '#store/contacts/events';
import { readRefusal } from '#store/runs/refusals';
import type { World } from '../local/world.ts';
import { triggerId } from './lots.ts';

/** What a simulation says of a message. */
interface Told {
  to: string;
  subject?: string | undefined;
}

/** Each message is opened once, however many contacts walked. */
export const readOutbox = async (world: World): Promise<ReadonlyMap<string, Told>> =>
  new Map((await world.outbox()).map((message) => [message.sendId ?? '', message]));

export const tellSimulation = async (
  world: World,
  contact: string,
  { plan, start, outbox }: { plan: Plan; start: number; outbox: ReadonlyMap<string, Told> },
): Promise<Simulation> => {
  // What other journeys do to the contact is not this journey's story.
  const items = (await history(world.store, contact)).filter(
    (item) => !('journey' in item) || item.journey === plan.journey.id,
  );
  const run = items.find((item) => item.kind === 'run') as Run | undefined;
  const order = new Map([...plan.nodes.keys()].map((id, i) => [id, i]));
  const placeOf = ({ step }: { step: string }): number => order.get(step) ?? 0;
  const records = items
    .filter((item) => item.kind === 'step' || item.kind === 'send')
    .map((item) => item as StepRecord | Send)
    .sort((a, b) => a.at.localeCompare(b.at) || a.visit - b.visit || placeOf(a) - placeOf(b));
  const sends = records.filter(isSend);
  return {
    start: iso(start),
    end: run?.endedAt ?? iso(start),
    ended: {
      how: run?.ended?.how ?? (run ? 'running' : 'not-entered'),
      as: run?.ended?.as ?? null,
      step: run?.ended?.step ?? null,
      ...(!run && (await whyKeptOut(world, contact, plan.journey.id))),
    },
    timeline: timelineOf(records, plan),
    sends: sends
      .filter(
        (send) => send.channel !== 'team' && (send.status === 'sent' || send.status === 'indeterminate'),
      )
      .map((send) => {
        const message = outbox.get(send.id);
        const subject = message?.subject ?? send.subject;
        return {
          at: send.sentAt ?? send.at,
          step: send.step,
          channel: send.channel,
          to: message?.to ?? '',
          ...(subject ? { subject } : {}),
        };
      }),
    skipped: records.flatMap(({ at, step, ...record }) =>
      ('status' in record ? record.status : record.outcome) === 'skipped'
        ? [{ at, step, reason: record.reason ?? 'skipped', ...missingOf(record) }]
        : [],
    ),
  };
};

const missingOf = (record: object): { missing?: string } =>
  'missing' in record && typeof record.missing === 'string' ? { missing: record.missing } : {};

const whyKeptOut = async ({ store }: World, contact: string, journey: string) => {
  const refusal = await readRefusal(store, { contact, event: triggerId, journey });
  return refusal && { reason: refusal.reason };
};

const isSend = (record: StepRecord | Send): record is Send => 'channel' in record;

/** One entry a visit: a task is told to a team, but it is one step, and its own record knows more. */
const timelineOf = (records: readonly (StepRecord | Send)[], { nodes }: Plan): Simulation['timeline'] => {
  const visitOf = ({ step, visit }: StepRecord | Send): string => `${step}#${visit}`;
  const kept = new Map(
    records.filter((record) => !isSend(record)).map((record) => [visitOf(record), record]),
  );
  return records
    .filter((record) => !isSend(record) || !kept.has(visitOf(record)))
    .map((record) => {
      const answer = isSend(record) ? undefined : record.answer;
      return {
        at: record.at,
        step: record.step,
        type: nodes.get(record.step)?.type ?? '',
        ...(answer === undefined ? {} : { answer }),
        outcome: isSend(record) ? record.status : record.outcome,
      };
    });
};
