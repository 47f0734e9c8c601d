import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import type { Happening } from '#model/happening';

/** PutEvents takes ten entries. */
const atOnce = 10;
const eventSource = 'wayleaf';

/** One line as the bus takes it. Rules know it by the client. */
export const entryOf = (happening: Happening) => ({
  Source: `${eventSource}.${happening.client}`,
  DetailType: happening.type,
  Time: new Date(happening.at),
  Detail: JSON.stringify(happening),
});

export type Tell = (happenings: readonly Happening[]) => Promise<void>;

/**
 * To the default bus of the account, where rules of others may listen. What the bus refuses fails the call, and
 * is told again with the whole batch: at least once.
 */
export const createTell = (): Tell => {
  let client: EventBridgeClient | undefined;
  return async (happenings) => {
    client ??= new EventBridgeClient({ maxAttempts: 4 });
    for (let i = 0; i < happenings.length; i += atOnce) {
      const Entries = happenings.slice(i, i + atOnce).map(entryOf);
      const answer = await client.send(new PutEventsCommand({ Entries }));
      if (answer.FailedEntryCount)
        throw new Error(`EventBridge refused ${answer.FailedEntryCount} of ${Entries.length}`);
    }
  };
};
