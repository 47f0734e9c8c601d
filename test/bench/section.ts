/** What one part of the bench found. */
export interface Found {
  tables: Table[];
  goals: Goal[];
  /** What a reader must know to judge the numbers. */
  notes: string[];
}

export interface Table {
  title: string;
  header: string[];
  rows: (string | number)[][];
}

export interface Goal {
  what: string;
  measured: number;
  comparison: 'at least' | 'at most';
  limit: number;
  unit: string;
}

export interface Section {
  name: string;
  /** What it measures, for the list and the progress bar. */
  title: string;
  run(tools: Tools): Promise<Found>;
}

export interface Tools {
  /** An empty folder on the same disk for all, removed at the end. */
  folder: string;
  /** Divides the amounts, for a quick look. */
  quick: boolean;
  progress(done: number, of: number, what: string): void;
}

export const isReached = ({ measured, comparison, limit }: Goal): boolean =>
  comparison === 'at least' ? measured >= limit : measured <= limit;

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? Number.NaN)
    : ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2;
};

/** Enough digits to compare, not more than were measured. */
export const rounded = (value: number): number =>
  value === 0 || !Number.isFinite(value) ? value : Number(value.toPrecision(Math.abs(value) >= 1000 ? 4 : 3));
