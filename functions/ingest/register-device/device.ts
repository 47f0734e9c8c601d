import * as z from 'zod';
import { derivedId } from '#kernel/ids';
import { eventOfCall, type Read, type Reading } from '../accept-event/event-of-call.ts';

const id = z.string().min(1).max(256);

/** What tokens of Apple, Google and browsers are made of. */
const token = z
  .string()
  .regex(/^[A-Za-z0-9_:.%+=/-]{8,4096}$/, 'the token as the push service gave it, at most 4,096 characters');

const named = {
  app: z.string().min(1).max(40).describe('Name of the app in `channels.push.apps` of the client'),
  token: token.describe('The token that the push service (APNs, FCM) gave the app on this device'),
  writeKey: z.string().max(100).optional(),
};

export const registrationSchema = z
  .strictObject({
    ...named,
    userId: id.optional(),
    anonymousId: id.optional(),
    deviceId: id
      .optional()
      .describe(
        'What the app calls this device, which nobody can guess: the same one when the token changes, so that the old one goes',
      ),
    consent: z
      .boolean()
      .optional()
      .describe('`true`: the contact agreed to push messages; counts where it has said nothing yet'),
  })
  .describe('A device that takes push messages of a contact');
export type Registration = z.output<typeof registrationSchema>;

/** Whoever knows the token is at the device. */
export const removalSchema = z.strictObject(named).describe('A device that takes no more push messages');

const deviceRegistered = 'Device Registered';

/** The event that tells of it: the same device of the same person is one. */
export const eventOfDevice = (
  { app, userId, anonymousId, consent }: Registration,
  endpoint: string,
  reading: Reading,
): Read => {
  const messageId = `device-${derivedId('device', endpoint, userId ?? '', anonymousId ?? '')}`;
  const call = { userId, anonymousId, event: deviceRegistered, properties: { app }, messageId };
  const read = eventOfCall('track', call, reading);
  if ('refused' in read || !consent) return read;
  const word = { channel: 'push', given: true, source: 'identify' };
  const said = reading.origin === undefined ? word : { ...word, origin: reading.origin };
  return { ...read, draft: { ...read.draft, consent: [said] } };
};
