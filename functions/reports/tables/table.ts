import type { Rate } from '#policy/reports/evidence';

export type Cell = string | number | null;

/** Rows for people, spreadsheets and programs: CSV, the terminal and the console show the same ones. */
export interface Table {
  id: string;
  title: string;
  columns: readonly string[];
  rows: readonly (readonly Cell[])[];
  /** By the place of its column: a value, whose interval stands in the two columns after it. */
  spans?: Readonly<Record<number, Span>>;
}
type Span = 'share' | 'mean';

/** A column of a table with what stands in it; a value with its interval takes three. */
interface Field<R> {
  columns: readonly string[];
  cells(row: R): readonly Cell[];
  span?: Span;
}

export const field = <R>(name: string, of: (row: R) => Cell | undefined): Field<R> => ({
  columns: [name],
  cells: (row) => [of(row) ?? null],
});

/** Members of the rows, under their own names. */
export const members = <K extends string>(...names: readonly K[]): Field<Readonly<Record<K, Cell>>>[] =>
  names.map((name) => field(name, (row) => row[name]));

const withInterval = (name: string): string[] => [name, `${name} low`, `${name} high`];
export const sixPlaces = (n: number): number => Math.round(n * 1e6) / 1e6;

/** A share never stands alone. */
export const share = <R>(name: string, of: (row: R) => Rate | undefined): Field<R> => ({
  ...{ columns: withInterval(name), span: 'share' },
  cells: (row) => {
    const { value = null, low = 0, high = 0 } = of(row) ?? {};
    return value === null ? [null, null, null] : [value, low, high].map(sixPlaces);
  },
});

interface Interval {
  value: number | null;
  low?: number | undefined;
  high?: number | undefined;
}

export const mean = <R>(name: string, of: (row: R) => Interval): Field<R> => ({
  ...{ columns: withInterval(name), span: 'mean' },
  cells: (row) => {
    const { value, low = null, high = null } = of(row);
    return [value, low, high];
  },
});

export const tabulate = <R>(
  id: string,
  title: string,
  rows: readonly R[],
  fields: readonly Field<NoInfer<R>>[],
): Table => {
  const columns = fields.flatMap((each) => each.columns);
  const spans = fields.flatMap(({ columns: [first = ''], span }) =>
    span ? [[columns.indexOf(first), span] as const] : [],
  );
  return {
    ...{ id, title, columns, spans: Object.fromEntries(spans) },
    rows: rows.map((row) => fields.flatMap((each) => each.cells(row))),
  };
};

/** `3 no-consent, 1 cap` */
export const counted = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .map(([what, n]) => `${n} ${what}`)
    .join(', ');

/** `runs begun: 24; customers: 3` */
export const listed = (numbers: Readonly<Record<string, number>>): string =>
  Object.entries(numbers)
    .map(([what, n]) => `${what}: ${n}`)
    .join('; ');

export const total = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((a, b) => a + b, 0);

/** How a value is written with its interval. */
export type Tell = (span: Span, value: number, low: number | null, high: number | null) => string;

const bound = (cell: Cell = null): number | null => (typeof cell === 'number' ? cell : null);

/** So many columns are read without help. */
const mostColumns = 8;

/** As people read it: an interval stands beside its value, and of a wide table columns without a figure are left out. */
export const shownOf = ({ columns, rows, spans = {} }: Table, tell: Tell) => {
  const isWide = columns.length - 2 * Object.keys(spans).length > mostColumns;
  const says = (i: number, cell: Cell = null): boolean =>
    cell !== null && cell !== '' && (cell !== 0 || spans[i] !== undefined);
  const shown = columns.flatMap((name, i) => {
    if (spans[i - 1] || spans[i - 2]) return [];
    const isKept = i === 0 || !isWide || rows.some((row) => says(i, row[i]));
    return isKept ? [{ name, i }] : [];
  });
  const cellOf = (row: readonly Cell[], i: number): string | number => {
    const [span, value = null] = [spans[i], row[i]];
    return span && typeof value === 'number'
      ? tell(span, value, bound(row[i + 1]), bound(row[i + 2]))
      : (value ?? '');
  };
  return {
    columns: shown.map(({ name }) => name),
    rows: rows.map((row) => shown.map(({ i }) => cellOf(row, i))),
  };
};
