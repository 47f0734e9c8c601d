/**
 * AWS list prices in US dollars, us-east-1, à la carte and without free tiers.
 * Source: the public pricing pages of each service, read 2026-11-22.
 */
export const prices = {
  /** Standard workflows, each state entered or retried. */
  stateTransition: 25 / 1e6,
  lambdaRequest: 0.2 / 1e6,
  /** arm64, per gigabyte-second. */
  lambdaGigabyteSecond: 0.0000133334,
  /** On demand, 1 KB. */
  dynamoWriteUnit: 0.625 / 1e6,
  /** On demand, 4 KB, strongly consistent; eventually consistent reads take half a unit. */
  dynamoReadUnit: 0.125 / 1e6,
  httpApiRequest: 1 / 1e6,
  email: 0.1 / 1e3,
  /** On the plan that accounts made since 2026-07-21 begin with. */
  emailOnPlan: 0.16 / 1e3,
  /** A text message costs what its country costs; this is the United States' price without carrier fees. */
  smsSegment: 0.00645,
  /** SNS to a team's topic, per request, before delivery by mail. */
  teamMessage: 0.5 / 1e6,
  /** EventBridge Scheduler, each invocation. */
  schedulerInvocation: 1 / 1e6,
  expressRequest: 1 / 1e6,
  expressGigabyteSecond: 0.00001667,
  /** Of 64 KB or less. */
  busEvent: 1 / 1e6,
  /** Taken in, each record rounded up to 5 KB. */
  firehoseGigabyte: 0.029,
  /** Filed in folders by what stands in it, as it is; beside that, $0.005 for 1,000 files and $0.07 an hour of jq. */
  partitionedGigabyte: 0.02,
  /** X-Ray, each trace that is recorded. */
  trace: 5 / 1e6,
  /** CloudWatch, KMS and Secrets Manager, in a month. */
  alarm: 0.1,
  metric: 0.3,
  dashboard: 3,
  key: 1,
  secret: 0.4,
} as const;

/** What one piece of work used, in the units that AWS bills. */
export interface Usage {
  stateTransitions: number;
  lambdaRequests: number;
  lambdaGigabyteSeconds: number;
  dynamoWriteUnits: number;
  dynamoReadUnits: number;
  httpApiRequests: number;
  emails: number;
  smsSegments: number;
  teamMessages: number;
}

const unitPrices: Record<keyof Usage, number> = {
  stateTransitions: prices.stateTransition,
  lambdaRequests: prices.lambdaRequest,
  lambdaGigabyteSeconds: prices.lambdaGigabyteSecond,
  dynamoWriteUnits: prices.dynamoWriteUnit,
  dynamoReadUnits: prices.dynamoReadUnit,
  httpApiRequests: prices.httpApiRequest,
  emails: prices.email,
  smsSegments: prices.smsSegment,
  teamMessages: prices.teamMessage,
};

/** Dollars per kind of unit, and in all. */
export const costOf = (
  usage: Usage,
): { lines: { unit: keyof Usage; used: number; dollars: number }[]; dollars: number } => {
  const lines = (Object.keys(unitPrices) as (keyof Usage)[]).map((unit) => ({
    unit,
    used: usage[unit],
    dollars: usage[unit] * unitPrices[unit],
  }));
  return { lines, dollars: lines.reduce((sum, line) => sum + line.dollars, 0) };
};
