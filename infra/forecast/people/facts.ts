import type { ConditionFacts } from '#conditions/facts';
import type { AwaitedTrigger } from '#conditions/triggers';
import { type Contact, viewContact } from '#model/contact';
import type { Heard, RunFacts } from '#statemachines/steps/effects';
import type { Setting } from '../setting.ts';
import type { Agenda, Happening } from './agenda.ts';

/** What an imagined person's run knows of itself when a step asks. */
export interface Known {
  setting: Setting;
  contact: Contact;
  agenda: Agenda;
  now: number;
  zone: string;
  runId: string;
  startedAt: number;
  reached: ReadonlyMap<string, number>;
}

export const conditionFacts = ({ setting, contact, agenda, now, zone }: Known): ConditionFacts => ({
  contact: viewContact(contact),
  trigger: setting.trigger,
  results: {},
  now,
  zone,
  consent: (key) => contact.consent[key]?.given === true,
  inSegment: () => false,
  did: (event) =>
    agenda.past.flatMap(({ at, on }) =>
      'event' in on && on.event === event ? [{ at, properties: {} }] : [],
    ),
  message: (step, was) => agenda.message(step, was).map((at) => ({ at })),
});

export const runFacts = (known: Known): RunFacts => ({
  now: known.now,
  zone: known.zone,
  run: {
    ...{ id: known.runId, journey: known.setting.document.id, contact: known.runId },
    startedAt: known.startedAt,
  },
  conditions: conditionFacts(known),
  heard: (on, since) => known.agenda.past.flatMap((each) => heardAs(on, each, since)),
  reached: (step) => known.reached.get(step),
  outcome: () => undefined,
});

const heardAs = (on: AwaitedTrigger, each: Happening, since: number): Heard[] => {
  if (each.at < since || !isSame(on, each.on)) return [];
  const event = 'event' in each.on ? each.on.event : '';
  return [{ at: each.at, trigger: { event, type: 'track', properties: {} } }];
};

/** A link that is asked for counts as any: the rates do not tell links apart. */
export const isSame = (wanted: object, found: object): boolean =>
  Object.entries(wanted).every(
    ([name, value]) => name === 'link' || (found as Record<string, unknown>)[name] === value,
  );
