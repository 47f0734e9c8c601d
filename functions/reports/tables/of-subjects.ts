import type * as z from 'zod';
import type { journeysSchema, segmentsSchema, sourcesSchema, templatesSchema } from '../figures/subjects.ts';
import { field, members, share, tabulate } from './table.ts';

type Answer<S extends z.ZodType> = z.output<S>;

export const templateTables = {
  templates: ({ templates }: Answer<typeof templatesSchema>) =>
    tabulate('templates', 'Templates', templates, [
      ...members('template', 'messages', 'sent', 'delivered', 'opened', 'clicked', 'bounced', 'complained'),
      ...members('skipped', 'failed', 'converted'),
      share('open rate', ({ openRate }) => openRate),
      share('click rate', ({ clickRate }) => clickRate),
    ]),
};

export const allJourneysTables = {
  journeys: ({ journeys }: Answer<typeof journeysSchema>) =>
    tabulate('journeys', 'Journeys', journeys, [
      ...members('journey', 'name', 'status', 'entered', 'active', 'converted', 'value'),
      share('goal rate', ({ conversion }) => conversion),
    ]),
};

export const segmentTables = {
  segments: ({ segments }: Answer<typeof segmentsSchema>) =>
    tabulate('segments', 'Segments', segments, [
      ...members('segment', 'members', 'entered', 'converted', 'conversions', 'value'),
      share('goal rate', ({ conversion }) => conversion),
    ]),
};

export const sourceTables = {
  sources: ({ sources }: Answer<typeof sourcesSchema>) =>
    tabulate('sources', 'Sources', sources, [
      ...members('source', 'leads', 'entered', 'converted', 'conversions', 'value', 'cost'),
      field('cost per conversion', ({ costPerConversion }) => costPerConversion),
      ...members('return'),
      share('goal rate', ({ conversion }) => conversion),
    ]),
  campaigns: ({ campaigns }: Answer<typeof sourcesSchema>) =>
    tabulate('campaigns', 'Campaigns', campaigns, [
      field('source / campaign', ({ source }) => source),
      ...members('entered', 'converted', 'conversions', 'value'),
      share('goal rate', ({ conversion }) => conversion),
    ]),
};
