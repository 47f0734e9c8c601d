import type { Assumption } from '#model/forecast';
import type { Rates } from '#model/forecast-rates';
import { type Edition, nameOf } from '../versions/choices.ts';

/** What the page asks for: what nobody touched is left to the API. */
export interface Wish {
  edition: Edition;
  audience?: number;
  rates: Rates;
}

/** Body of `POST /v1/journeys/{id}/forecast`. */
export const bodyOf = ({ edition, audience, rates }: Wish): object => ({
  ...(edition === 'draft' ? {} : { version: edition }),
  ...(audience === undefined ? {} : { audience }),
  ...(Object.keys(rates).length === 0 ? {} : { rates }),
});

export const fileName = (id: string, { edition }: Wish, what: string): string =>
  `${id}-${nameOf(edition).toLowerCase().replaceAll(' ', '-')}-${what}`;

const isHolder = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/** @param value undefined takes it back; what is left empty goes with it */
export const withRate = (rates: Rates, path: readonly string[], value: unknown): Rates =>
  put(rates, path, value) as Rates;

const put = (holder: object, [name = '', ...rest]: readonly string[], value: unknown): object => {
  const { [name]: old, ...others } = holder as Record<string, unknown>;
  const next = rest.length === 0 ? value : put(isHolder(old) ? old : {}, rest, value);
  const isGone = next === undefined || (rest.length > 0 && Object.keys(next as object).length === 0);
  return isGone ? others : { ...others, [name]: next };
};

/** As it is written into the rates: how soon stays as it was where only how many is told. */
export const rateOf = ({ median, perDay }: Assumption, value: number): unknown => {
  if (perDay !== undefined) return { perDay: value };
  return median === undefined ? value : { rate: value, median };
};

/** What is typed, in percent. */
export const percentIn = (text: string): number | undefined => {
  const n = Number(text.trim().replace(',', '.'));
  return text.trim() === '' || !(n >= 0 && n <= 100) ? undefined : Math.round(n * 1e6) / 1e8;
};
export const percentText = (share: number): string => String(Math.round(share * 1e5) / 1e3);

export const peopleIn = (text: string): number | undefined => {
  const n = Number(text.replaceAll(/[\s,.]/g, ''));
  return text.trim() !== '' && Number.isInteger(n) && n >= 1 && n <= 100_000_000 ? n : undefined;
};
