import { InvalidArgumentError } from 'commander';

/** Values of options that several commands take. */

export const numberUpTo =
  (most: number) =>
  (text: string): number => {
    const count = Number(text.replaceAll(/[,_]/g, ''));
    if (!Number.isInteger(count) || count < 1 || count > most)
      throw new InvalidArgumentError(`Write a whole number from 1 to ${most.toLocaleString('en-US')}.`);
    return count;
  };

/** For a result beside what standard output tells. */
export const notStandardOutput = (file: string): string => {
  if (file === '-') throw new InvalidArgumentError('Standard output has the words; name a place of its own.');
  return file;
};

export const parseSeed = (text: string): number => {
  if (!/^\d{1,9}$/.test(text))
    throw new InvalidArgumentError('A seed is a whole number of at most nine digits.');
  return Number(text);
};

export const parseTime = (text: string): number => {
  const time = Date.parse(text);
  if (Number.isNaN(time)) throw new InvalidArgumentError('A time is written as 2026-03-02T09:00:00Z.');
  return time;
};

export const nextWorkingMorning = (): number => {
  const morning = new Date();
  do morning.setUTCDate(morning.getUTCDate() + 1);
  while (morning.getUTCDay() % 6 === 0);
  return morning.setUTCHours(9, 0, 0, 0);
};
