import { durationMs } from '#kernel/durations';
import type { Client } from '#model/client';
import type { Sending } from '#model/sending';
import { usualQuiet } from '#policy/sending/quiet-hours';
import type { ContactChannel, SendQuestion } from '#policy/sending/sending';
import type { Journey } from '#statemachines/document/schema';
import { listJourneys } from '#store/catalogue/journeys';
import type { Services } from '../services.ts';
import type { Scene } from './scene.ts';

export type SendRules = Pick<SendQuestion, 'class' | 'quietHours' | 'freshForMs' | 'cap' | 'zone'> & {
  topic?: string | undefined;
};

/** The step's rules win over those of the journey, member by member; what both leave out the client says. */
const rulesOf = (
  { document, client, zone }: { document: Journey; client: Client; zone: string },
  channel: ContactChannel,
  own: Sending | undefined,
): SendRules => {
  const rules = { ...document.sending, ...own };
  const kind = rules.class ?? 'marketing';
  // What the client sets for all is about advertising; a receipt at night is what was asked for.
  const usual =
    kind === 'marketing'
      ? { quietHours: usualQuiet(client, channel), cap: client.caps[channel] }
      : { quietHours: [], cap: undefined };
  const cap = rules.cap?.[channel] ?? usual.cap;
  return {
    class: kind,
    topic: rules.topic,
    quietHours: rules.quietHours ? [rules.quietHours] : usual.quietHours,
    freshForMs: rules.freshFor === undefined ? undefined : durationMs(rules.freshFor),
    cap: cap && { atMost: cap.atMost, perMs: durationMs(cap.per) },
    zone: rules.timezone === undefined || rules.timezone === 'contact' ? zone : rules.timezone,
  };
};

/**
 * A cap counts the messages of all journeys: as soon as one of them caps a channel, the others write down
 * what they send on it.
 */
export const countsForCaps = async (
  { catalogue, store }: Services,
  channel: ContactChannel,
  { cap, class: kind }: SendRules,
): Promise<boolean> => {
  if (cap) return true;
  if (kind !== 'marketing') return false;
  const capped = await catalogue.cached('capped-channels', async () =>
    (await listJourneys(store)).flatMap((journey) => journey.capped ?? []),
  );
  return capped.includes(channel);
};

export const sceneRules = (
  { version, client, zone }: Scene,
  channel: ContactChannel,
  own: Sending | undefined,
): SendRules => rulesOf({ document: version.document, client, zone }, channel, own);
