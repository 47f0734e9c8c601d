const formats = new Map<string, Intl.DateTimeFormat>();
const formatIn = (zone: string): Intl.DateTimeFormat => {
  const known = formats.get(zone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-CA', {
    ...{ timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' },
  });
  formats.set(zone, made);
  return made;
};

/** No shift of any zone falls within a quarter of an hour: what was asked once is known for all of it. */
const quarterMs = 900_000;
const mostKept = 20_000;
const kept = new Map<string, string>();

/** Day of the calendar in that zone, as `2026-11-22`. @param at ISO */
export const dayIn = (zone: string, at: string): string => {
  const ms = Date.parse(at);
  const key = `${zone}#${Math.floor(ms / quarterMs)}`;
  const known = kept.get(key);
  if (known !== undefined) return known;
  if (kept.size >= mostKept) kept.clear();
  const day = formatIn(zone).format(ms);
  kept.set(key, day);
  return day;
};

/** `2026-11` */
export const monthOf = (day: string): string => day.slice(0, 7);

const dayMs = 86_400_000;
export const addDays = (day: string, n: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + n * dayMs).toISOString().slice(0, 10);

export const addMonths = (month: string, n: number): string => {
  const [year = 0, of = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, of - 1 + n, 1)).toISOString().slice(0, 7);
};

/** All days from the first to the last. */
export const daysBetween = (from: string, to: string): string[] => {
  const count = Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / dayMs) + 1;
  return Array.from({ length: Math.max(0, count) }, (_, i) => addDays(from, i));
};
