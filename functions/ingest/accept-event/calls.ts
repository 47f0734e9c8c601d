import * as z from 'zod';

/** The calls of Segment's spec, and the addresses its libraries use for them. */
export type CallType = 'track' | 'identify' | 'page' | 'screen' | 'group' | 'alias';

const addresses: Readonly<Record<string, CallType | 'batch'>> = {
  track: 'track',
  t: 'track',
  identify: 'identify',
  i: 'identify',
  page: 'page',
  p: 'page',
  screen: 'screen',
  s: 'screen',
  group: 'group',
  g: 'group',
  alias: 'alias',
  a: 'alias',
  batch: 'batch',
  b: 'batch',
  import: 'batch',
};

export const paths: readonly string[] = Object.keys(addresses).map((name) => `/v1/${name}`);
/** @param route `POST /v1/track` */
export const callOf = (route: string): CallType | 'batch' | undefined =>
  addresses[route.split('/').at(-1) ?? ''];

const maxNameLength = 200;
const line = (what: string, missing = `${what} is text`) =>
  z
    .string(missing)
    .trim()
    .min(1, `${what} is empty`)
    .max(maxNameLength, `${what} has over ${maxNameLength} characters`)
    .refine((text) => !/[\p{Cc}\u2028\u2029]/u.test(text), `${what} has control characters`);

/** Ids are text; libraries of languages with other habits send whole numbers. */
const id = z
  .union([z.string(), z.int().transform(String)], 'an id is text')
  .nullish()
  .transform((value) => value ?? undefined);

const bag = z
  .record(z.string(), z.json(), 'context, properties and traits are JSON objects')
  .nullish()
  .transform((value) => value ?? {});
const time = z
  .string('write a time in ISO 8601')
  .max(40)
  .refine(
    (text) => /^\d{4}-\d\d-\d\d/.test(text) && !Number.isNaN(Date.parse(text)),
    'write a time in ISO 8601',
  )
  .nullish()
  .transform((value) => value ?? undefined);

const common = {
  userId: id,
  anonymousId: id,
  messageId: z
    .string('messageId is text')
    .regex(/^[\x21-\x7e]{1,100}$/, 'messageId may hold 1 to 100 visible ASCII characters')
    .nullish()
    .transform((value) => value ?? undefined),
  timestamp: time,
  originalTimestamp: time,
  sentAt: time,
  context: bag,
};

const name = line('name').nullish();

export const callSchemas = {
  track: z.object({ ...common, event: line('event', 'a track needs a name: event'), properties: bag }),
  identify: z.object({ ...common, traits: bag }),
  page: z.object({ ...common, name, category: name, properties: bag }),
  screen: z.object({ ...common, name, category: name, properties: bag }),
  group: z.object({
    ...common,
    groupId: z.union([line('groupId'), z.int().transform(String)], 'a group call needs a groupId'),
    traits: bag,
  }),
  alias: z.object({
    ...common,
    previousId: z.union([z.string(), z.int().transform(String)], 'an alias call needs a previousId'),
  }),
} as const;

export type Call<Type extends CallType = CallType> = z.output<(typeof callSchemas)[Type]>;
export type AnyCall = { [Type in CallType]: { type: Type; call: Call<Type> } }[CallType];
