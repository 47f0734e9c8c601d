import * as z from 'zod';
import { type Client, clientSchema } from '#model/client';

const { shape } = clientSchema;

/** What people who make journeys need of client.json: no account, no keys, no limits of doors. */
export const clientViewSchema = z.object({
  name: shape.name,
  sender: shape.sender,
  brand: shape.brand,
  postalAddress: shape.postalAddress,
  timezone: shape.timezone,
  language: shape.language,
  quietHours: shape.quietHours,
  caps: shape.caps,
  channels: shape.channels,
  topics: shape.topics,
  teams: shape.teams,
  brake: shape.brake,
  breaker: shape.breaker,
  testSends: shape.testSends,
  retention: shape.retention,
  alarm: shape.alarm,
});
export type ClientView = z.output<typeof clientViewSchema>;

const members = Object.keys(clientViewSchema.shape) as (keyof ClientView)[];

/** As it is in force, defaults filled in. */
export const viewClient = (client: Client): ClientView =>
  Object.fromEntries(members.map((name) => [name, client[name]])) as ClientView;
