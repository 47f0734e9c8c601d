/** `Monday` is `mon` written out. */
export const dayMeant = (value: unknown, words: readonly string[]): string | undefined =>
  typeof value === 'string' && /^(?:mon|tues|wednes|thurs|fri|satur|sun)days?$/i.test(value)
    ? words.find((word) => word === value.slice(0, 3).toLowerCase())
    : undefined;

/** `9:00` lacks its zero. */
export const timeMeant = (value: unknown): { hint: string; sure: string } | undefined =>
  typeof value === 'string' && /^\d:[0-5]\d$/.test(value)
    ? { hint: `write "0${value}"`, sure: `0${value}` }
    : undefined;
