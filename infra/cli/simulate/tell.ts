import { iso } from '#kernel/clock';
import type { Run, StepRecord } from '#model/run';
import type { Send } from '#model/send';
import { createPlan } from '#statemachines/compile/plan';
import type { Journey } from '#statemachines/document/schema';
import { history } from '#store/events';
import type { World } from '../../local/world.ts';

/** What `wayleaf simulate --json` prints. */
export interface Simulation {
  start: string;
  end: string;
  ended: { how: string; as: string | null; step: string | null };
  timeline: { at: string; step: string; type: string; answer?: string; outcome?: string }[];
  /** Messages to the contact; what colleagues are told stands in the timeline. */
  sends: { at: string; step: string; channel: string; to: string; subject?: string }[];
  skipped: { at: string; step: string; reason: string }[];
}

export const tellSimulation = async (
  world: World,
  contact: string,
  document: Journey,
  start: number,
): Promise<Simulation> => {
  const items = await history(world.store, contact);
  const run = items.find((item): item is typeof item & { kind: 'run' } => item.kind === 'run') as
    | Run
    | undefined;
  const order = [...createPlan(document).nodes.keys()];
  const records = items
    .filter((item) => item.kind === 'step' || item.kind === 'send')
    .map((item) => item as StepRecord | Send)
    .sort((a, b) => a.at.localeCompare(b.at) || order.indexOf(a.step) - order.indexOf(b.step));
  const sends = records.filter(isSend);
  const outbox = new Map((await world.outbox()).map((message) => [message.sendId, message]));
  return {
    start: iso(start),
    end: run?.endedAt ?? iso(start),
    ended: {
      how: run?.ended?.how ?? (run ? 'running' : 'not-entered'),
      as: run?.ended?.as ?? null,
      step: run?.ended?.step ?? null,
    },
    timeline: timelineOf(records, document),
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
        ? [{ at, step, reason: record.reason ?? 'skipped' }]
        : [],
    ),
  };
};

const isSend = (record: StepRecord | Send): record is Send => 'channel' in record;

/** One entry a visit: a task is told to a team, but it is one step, and its own record knows more. */
const timelineOf = (records: readonly (StepRecord | Send)[], document: Journey): Simulation['timeline'] => {
  const nodes = createPlan(document).nodes;
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
