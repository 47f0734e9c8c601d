import { iso } from '#kernel/clock';
import type { SimulationEvent } from '#model/simulation';
import type { Happening } from './agenda.ts';
import type { Outcome } from './outcome.ts';

/** What happened to an imagined person, as the events of a simulation. */
export const asEvents = ({ heard, outcomes }: Pick<Outcome, 'heard' | 'outcomes'>): SimulationEvent[] => [
  ...heard.flatMap(asEvent),
  ...outcomes.map(({ at, step, outcome }) => ({ at: iso(at), task: step, outcome })),
];

const reactions = ['opened', 'clicked', 'bounced', 'complained'];

/** That a message was sent, the simulation sees for itself; no file makes a contact unsubscribe. */
const asEvent = ({ at, on, own }: Happening): SimulationEvent[] => {
  if (own) return [];
  if ('message' in on) return reactions.includes(on.was) ? [{ at: iso(at), ...on }] : [];
  if ('event' in on) return [{ at: iso(at), event: on.event, properties: {} }];
  if ('form' in on) return [{ at: iso(at), form: on.form, properties: {} }];
  return 'tag' in on ? [{ at: iso(at), tag: on.tag }] : [];
};
