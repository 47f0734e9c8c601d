import * as z from 'zod';
import { rateOf } from '#policy/reports/evidence';
import { bucketOf, quantileOf } from '#policy/reports/sketch';
import { type Change, diffJourneys, sentenceOf } from '#statemachines/diff/diff';
import type { Journey } from '#statemachines/document/schema';
import { counterName } from '../fold-counts/rows.ts';
import { rateSchema } from './overview.ts';
import { type Sums, sketchOf } from './sums.ts';

const n = z.number();

const changeSchema = z.object({
  step: z.string().optional(),
  kind: z.enum(['added', 'removed', 'changed', 'moved']),
  text: z.string(),
});

export const versionsSchema = z
  .object({
    days: n.describe('Each run is given so many days for its goal; younger ones are left out'),
    versions: z.array(
      z.object({
        ...{ version: n, publishedAt: z.string() },
        rate: rateSchema.describe(
          'Of the runs that began so long ago, who reached the goal within these days',
        ),
        changes: z.array(changeSchema).describe('What is different from the version before it in this list'),
      }),
    ),
  })
  .describe(
    'The goal by version, oldest first. Other people at another time: a difference is no proof that a change caused it',
  );
export type Versions = z.output<typeof versionsSchema>;

export interface Version {
  version: number;
  publishedAt: string;
  document: Journey;
}

const dayMs = 86_400_000;

/** Days in which nine of ten converted who did: as long as a run is given, at most `most`. */
export const daysToGoal = (sums: Sums, most: number): number => {
  const ms = quantileOf(sketchOf(sums, counterName('', 'convertedAfter', '')), 0.9) ?? 0;
  return Math.min(most, Math.max(1, Math.ceil(ms / dayMs)));
};

const tellChange = (change: Change) => ({
  ...(change.step !== undefined && { step: change.step }),
  ...{ kind: change.kind, text: sentenceOf(change) },
});

/** @param sumsOf a version, of days on which everybody who began has had `days` days by now */
export const versionsOf = (
  versions: readonly Version[],
  sumsOf: (version: number) => Sums,
  days: number,
): Versions | undefined => {
  const latest = bucketOf(days * dayMs);
  const rows = versions.map(({ version, publishedAt, document }, i) => {
    const sums = sumsOf(version);
    const before = versions[i - 1];
    const converted = [...sketchOf(sums, counterName('', 'convertedAfter', ''))]
      .filter(([bucket]) => bucket <= latest)
      .reduce((sum, [, count]) => sum + count, 0);
    return {
      ...{ version, publishedAt, rate: rateOf(converted, sums.get(counterName('', 'entered')) ?? 0) },
      changes: before ? diffJourneys(before.document, document).map(tellChange) : [],
    };
  });
  return rows.filter(({ rate }) => rate.of > 0).length < 2 ? undefined : { days, versions: rows };
};
