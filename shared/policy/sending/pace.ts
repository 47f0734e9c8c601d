/**
 * What Step Functions starts in a second: 300 in the three big Regions, 150 elsewhere
 * (docs.aws.amazon.com/step-functions, "Service quotas", StartExecution).
 */
const bigRegions: ReadonlySet<string> = new Set(['us-east-1', 'us-west-2', 'eu-west-1']);
export const startsPerSecond = (region: string): number => (bigRegions.has(region) ? 300 : 150);

/** Of whole segments: a third of the service's rate is always left to those who come by themselves. */
export const enrolmentsPerSecond = (region: string): number => Math.floor((startsPerSecond(region) * 2) / 3);

export interface Portion {
  size: number;
  /** Milliseconds until the next one. */
  everyMs: number;
}

const second = 1000;

/** Once a second or less often, so that a slow pace is even and not a burst a minute. */
export const portionOf = (perMinute: number): Portion =>
  perMinute <= 60
    ? { size: 1, everyMs: Math.ceil((60 * second) / perMinute) }
    : { size: Math.floor(perMinute / 60), everyMs: second };
