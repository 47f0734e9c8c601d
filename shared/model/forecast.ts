import * as z from 'zod';
import type { Issue } from '../kernel/issue.ts';
import { type Rates, ratesSchema } from './forecast-rates.ts';
import type { SimulationWork } from './simulation.ts';

/** What a forecast is asked, what it takes for granted, and what it tells. */

const n = z.number();

const estimateSchema = z
  .object({ expected: n, low: n, high: n })
  .meta({ id: 'estimate', title: 'What is expected, and between what it will lie in nine of ten cases' });
export type Estimate = z.output<typeof estimateSchema>;

export const assumptionSchema = z
  .object({
    path: z
      .array(z.string())
      .describe(
        'Where another value is given: members of `rates`, one within the other; `["audience"]` alone',
      ),
    kind: z.enum(['audience', 'message', 'answer', 'condition', 'date', 'event']),
    step: z.string().optional(),
    name: z.string().describe('`opened`, an answer, an event, …'),
    value: z.union([n, z.string()]).describe('A share from 0 to 1, people, or a duration'),
    median: z.string().optional().describe('Half of them have done it by then'),
    perDay: n.optional().describe('In place of a share: how often a contact does it'),
    source: z
      .enum(['given', 'measured', 'typical'])
      .describe('given: by whoever asks; measured: of this client; typical: nobody said, so it is assumed'),
    measured: z
      .object({
        by: z.enum(['journey', 'step', 'template', 'channel']).describe('What was measured'),
        of: n.describe('So many messages or runs'),
        low: n,
        high: n,
      })
      .optional()
      .describe('With the 95 % interval of the share'),
    few: n.optional().describe('So many entered, too few to go by: the audience is typical'),
  })
  .meta({ id: 'assumption', title: 'What a forecast takes for granted' });
export type Assumption = z.output<typeof assumptionSchema>;

/** What `wayleaf forecast --json` prints and the API answers. Every estimate has its 90 % prediction interval. */
export const forecastSchema = z.object({
  journey: z.object({ id: z.string(), name: z.string() }),
  start: z.string(),
  seed: n,
  audience: n,
  entering: n.describe('Of the audience, who the journey lets in'),
  sample: n.describe('So many imagined people walked the compiled machine'),
  interval: z.literal('90 % prediction interval'),
  messages: z.array(z.object({ channel: z.string(), count: estimateSchema })),
  days: z
    .array(
      z.object({
        day: z.string().describe('The 24 hours that begin then'),
        entering: estimateSchema,
        channels: z.record(z.string(), estimateSchema),
      }),
    )
    .describe('Who comes in and what is sent, to the last message'),
  leaves: z.array(z.object({ leaf: z.string(), people: estimateSchema })),
  ends: z.array(z.object({ how: z.string(), people: estimateSchema })),
  steps: z.array(z.object({ step: z.string(), messages: estimateSchema })),
  skipped: z.array(z.object({ reason: z.string(), messages: estimateSchema })),
  tasks: estimateSchema,
  converted: estimateSchema,
  duration: z
    .object({ median: estimateSchema, ninetieth: estimateSchema })
    .describe('Seconds from entering to the end'),
  bill: z
    .object({
      dollars: estimateSchema,
      lines: z.array(z.object({ unit: z.string(), used: n, dollars: n })),
    })
    .describe('Of AWS, at list prices, without free tiers'),
  rehearsed: z
    .object({ people: n, alike: n })
    .describe('How many of the imagined people the real machine sent the same messages at the same times'),
  assumed: z.array(z.string()).describe('What nobody said, in words'),
  assumptions: z.array(assumptionSchema).describe('All that it rests on, with where it is from'),
});
export type Forecast = z.output<typeof forecastSchema>;

/** Answer of `POST /v1/journeys/{id}/forecast`. */
export const journeyForecastSchema = forecastSchema.extend({
  of: z
    .union([z.literal('document'), z.literal('draft'), n])
    .describe('What was forecast: a number is a version'),
});
export type JourneyForecast = z.output<typeof journeyForecastSchema>;

const mostImagined = 10_000;
const mostAudience = 100_000_000;

/** Body of `POST /v1/journeys/{id}/forecast`. */
export const forecastRequestSchema = z.strictObject({
  version: z.int().min(1).max(999_999).optional().describe('The draft when left out'),
  document: z
    .unknown()
    .optional()
    .describe('In place of both: the journey itself, or its text, not saved yet'),
  audience: z
    .int()
    .min(1)
    .max(mostAudience)
    .optional()
    .describe(
      'People who might enter; when left out, as many as entered in the last 28 days where they are 50 or more, else 1,000',
    ),
  rates: ratesSchema
    .optional()
    .describe('What is known better than it was measured; what is missing is measured, else typical'),
  measured: z.boolean().default(true).describe('Whether what was measured fills in what `rates` leaves out'),
  start: z.iso.datetime({ offset: true }).optional().describe('Now when left out'),
  seed: z.int().min(0).max(999_999_999).default(1),
  sample: z
    .int()
    .min(100)
    .max(mostImagined)
    .default(2000)
    .describe('Imagined people; more make the interval narrower'),
});

/** A share that was counted, for one place in `Rates`. */
export interface MeasuredRate {
  path: readonly string[];
  value: number | string;
  median?: string | undefined;
  measured: NonNullable<Assumption['measured']>;
}

/** One forecast to be made, with all that the client has. */
export interface ForecastWork
  extends Pick<
    SimulationWork,
    | 'text'
    | 'client'
    | 'templates'
    | 'layouts'
    | 'partials'
    | 'forms'
    | 'segments'
    | 'start'
    | 'seed'
    | 'patienceMs'
  > {
  rates: Rates;
  measured: readonly MeasuredRate[];
  audience: Pick<Assumption, 'source' | 'measured' | 'few'> & { people: number };
  sample: number;
}

/** `issues`: rates that do not fit the journey; `refused`: why it cannot be done, in words. */
export type Foretell = (
  work: ForecastWork,
) => Promise<
  | { forecast: Forecast; issues?: undefined; refused?: undefined }
  | { forecast?: undefined; issues: readonly Issue[]; refused?: undefined }
  | { forecast?: undefined; issues?: undefined; refused: string }
>;
