import * as z from 'zod';
import { enrolmentSchema } from '#model/enrolment';
import { journeySchema } from '#statemachines/document/schema';

/** Answers that no handler reads back, by what their handlers make. */

export const versionAnswer = z.object({
  journey: z.string(),
  version: z.int(),
  publishedAt: z.string(),
  versionArn: z.string().describe('Of the state machine, as StartExecution takes it'),
  document: journeySchema,
  templates: z.array(z.string()).describe('Names of those that were frozen with it'),
});

export const machineAnswer = z
  .looseObject({
    Comment: z.string().optional(),
    QueryLanguage: z.literal('JSONata'),
    StartAt: z.string(),
    States: z.record(z.string(), z.looseObject({ Type: z.string() })),
  })
  .describe('Amazon States Language');

export const enteredAnswer = z
  .union([z.object({ run: z.string(), journey: z.string(), contact: z.string() }), enrolmentSchema])
  .describe('The run that the contact is in from now on, or the enrolment of a segment');

export const taskAnswer = z.object({ task: z.string(), outcome: z.string() });

export const erasingAnswer = z.object({ contact: z.string(), state: z.literal('under-way') });

export const droppedAnswer = z.object({ status: z.literal('dropped') });

const segmentSource = z.object({
  apiKey: z.string(),
  apiHost: z.string(),
  protocol: z.enum(['http', 'https']),
  retryQueue: z.boolean(),
});

export const sourceAnswer = z
  .object({
    integrations: z.object({ 'Segment.io': segmentSource }),
    plan: z.object({ track: z.object({ __default: z.object({ enabled: z.boolean() }) }) }),
    enabledMiddleware: z.object({}),
    metrics: z.object({ sampleRate: z.number() }),
    legacyVideoPluginsEnabled: z.boolean(),
    remotePlugins: z.array(z.json()),
  })
  .describe("Settings of a source, as Segment's library reads them");

export const openApiAnswer = z
  .looseObject({
    openapi: z.string(),
    info: z.looseObject({ title: z.string(), version: z.string() }),
    paths: z.record(z.string(), z.record(z.string(), z.json())),
    components: z.record(z.string(), z.json()),
  })
  .describe('OpenAPI 3.1');

export const csvBody = z.string().describe('CSV with a header');

export const linkForm = z
  .record(z.string(), z.union([z.string(), z.array(z.string())]))
  .describe("Fields of the page's own form");
