import { durationMs } from '#kernel/durations';
import type { Client } from '#model/client';
import type { Sending } from '#model/sending';
import type { ContactChannel, SendQuestion } from '#policy/sending';
import type { Journey } from '#statemachines/document/schema';
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
  const byClient = kind === 'marketing' ? client : { quietHours: undefined, caps: {} as Client['caps'] };
  const cap = rules.cap?.[channel] ?? byClient.caps[channel];
  return {
    class: kind,
    topic: rules.topic,
    quietHours: rules.quietHours ?? byClient.quietHours,
    freshForMs: rules.freshFor === undefined ? undefined : durationMs(rules.freshFor),
    cap: cap && { atMost: cap.atMost, perMs: durationMs(cap.per) },
    zone: rules.timezone === undefined || rules.timezone === 'contact' ? zone : rules.timezone,
  };
};

export const sceneRules = (
  { version, client, zone }: Scene,
  channel: ContactChannel,
  own: Sending | undefined,
): SendRules => rulesOf({ document: version.document, client, zone }, channel, own);
