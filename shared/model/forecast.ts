/** What is expected, and between what it will lie in nine of ten cases. */
export interface Estimate {
  expected: number;
  low: number;
  high: number;
}

/** A forecast, as `--json` prints it. Every estimate has its 90 % prediction interval. */
export interface Forecast {
  journey: { id: string; name: string };
  start: string;
  seed: number;
  audience: number;
  /** Of the audience, who the journey lets in. */
  entering: number;
  sample: number;
  interval: '90 % prediction interval';
  messages: { channel: string; count: Estimate }[];
  days: { day: string; channels: Record<string, Estimate> }[];
  leaves: { leaf: string; people: Estimate }[];
  ends: { how: string; people: Estimate }[];
  steps: { step: string; messages: Estimate }[];
  skipped: { reason: string; messages: Estimate }[];
  tasks: Estimate;
  converted: Estimate;
  /** Seconds from entering to the end. */
  duration: { median: Estimate; ninetieth: Estimate };
  bill: { dollars: Estimate; lines: { unit: string; used: number; dollars: number }[] };
  /** How many of the imagined people the embedded world sent the same messages at the same times. */
  rehearsed: { people: number; alike: number };
  assumed: string[];
}
