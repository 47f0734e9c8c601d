/** What can be measured: its name on the dashboard, and its unit. One dollar for three of them in a month. */
export const metricUnits = {
  Leads: 'Count',
  Events: 'Count',
  RunsStarted: 'Count',
  SendsSent: 'Count',
  SendsSkipped: 'Count',
  SendsFailed: 'Count',
  SendsIndeterminate: 'Count',
  Delivered: 'Count',
  Bounced: 'Count',
  Complained: 'Count',
  RunsActive: 'Count',
  Quarantined: 'Count',
  SendsOpen: 'Count',
  OldestEventSeconds: 'Seconds',
  OldestClaimSeconds: 'Seconds',
} as const;

export type MetricName = keyof typeof metricUnits;

/** Writes one figure down, of this moment. */
export type Measure = (name: MetricName, value: number) => void;

/** Of one client: two in an account never share a figure. */
export const metricNamespace = (client: string): string => `wayleaf/${client}`;
/** The dimension that Powertools puts on every metric. */
export const metricService = 'wayleaf';
