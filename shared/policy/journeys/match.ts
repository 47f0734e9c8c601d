import type { ContactChange, ContactEvent, MessageFact } from '#model/event';

/** What a journey can listen for; the same shape as the language's triggers. */
export type Trigger =
  | { event: string }
  | { form: string }
  | { segment: string; when: 'enters' | 'leaves' }
  | { tag: string }
  | { date: string; offset?: string | undefined; at?: string | undefined }
  | { manual: true }
  | { message: string; was: MessageFact['was'] | 'skipped'; link?: string | undefined };

/** What was heard, and in whose name one listens. */
export interface Heard {
  event: ContactEvent;
  /** What the event altered on the contact. */
  change?: ContactChange | undefined;
  /** The journey that listens. */
  journey: string;
  /** The run that listens; absent where a run is yet to begin. */
  run?: string | undefined;
}

const named: ReadonlySet<ContactEvent['type']> = new Set(['track', 'page', 'screen']);

/** Events that conditions (`did`) and triggers (`event`) know by their name. */
export const hasPublicName = (event: Pick<ContactEvent, 'type'>): boolean => named.has(event.type);

/** Is this what the trigger waits for? */
export const isHeard = (trigger: Trigger, { event, change, journey, run }: Heard): boolean => {
  if ('event' in trigger) return hasPublicName(event) && event.name === trigger.event;
  if ('form' in trigger) return event.type === 'form' && event.name === trigger.form;
  if ('manual' in trigger) return event.type === 'manual' && event.name === journey;
  if ('tag' in trigger) return change?.tagsAdded.includes(trigger.tag) ?? false;
  if ('segment' in trigger)
    return (
      (trigger.when === 'enters' ? change?.segmentsEntered : change?.segmentsLeft)?.includes(
        trigger.segment,
      ) ?? false
    );
  if ('message' in trigger) return event.message?.run === run && isMessageFact(trigger, event.message);
  return isDate(trigger, event);
};

/** The event of a date tells which words made the appointment. */
const isDate = (
  trigger: Extract<Trigger, { date: string }>,
  { type, name, properties }: ContactEvent,
): boolean =>
  type === 'date' &&
  name === trigger.date &&
  properties.offset === trigger.offset &&
  properties.at === trigger.at;

/** A click proves the opening, and an opening the delivery, also where the lesser report never came. */
const proves: Partial<Record<MessageFact['was'], readonly string[]>> = {
  clicked: ['opened', 'delivered', 'sent'],
  opened: ['delivered', 'sent'],
  replied: ['delivered', 'sent'],
  complained: ['delivered', 'sent'],
  unsubscribed: ['delivered', 'sent'],
  delivered: ['sent'],
};

const isMessageFact = (
  trigger: { message: string; was: string; link?: string | undefined },
  fact: MessageFact | undefined,
): boolean => {
  if (!fact || fact.step !== trigger.message) return false;
  // Image proxies and scanners open and click what no person has seen.
  if (fact.machine) return trigger.was === 'delivered' || trigger.was === 'sent';
  if (trigger.link !== undefined && fact.link !== trigger.link) return false;
  return fact.was === trigger.was || (proves[fact.was]?.includes(trigger.was) ?? false);
};
