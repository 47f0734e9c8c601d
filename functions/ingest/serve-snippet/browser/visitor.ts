import { isAllowed } from './consent.ts';
import { read, readJson, remove, write } from './storage.ts';

/** `crypto.randomUUID` exists on https pages only. */
export const randomId = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => (byte + 256).toString(16).slice(1)).join(
    '',
  );

/** Made when it is first needed, kept on this device; another one after `reset`. */
export const anonymousId = (): string => {
  const known = read('id');
  if (known) return known;
  const id = randomId();
  write('id', id);
  return id;
};

export const userId = (): string | undefined => read('user');

export const forget = (): void => {
  for (const name of ['id', 'user', 'touch']) remove(name);
};

/** Somebody else at the same browser is another visitor. */
export const become = (user: string): void => {
  if (userId() !== user && userId() !== undefined) forget();
  write('user', user);
};

type Touch = Record<string, string>;

const marks = ['utm_source', 'utm_medium', 'utm_campaign', 'utm_term', 'utm_content', 'utm_id'];

const touchOf = ({ search }: Location, referrer: string): Touch => {
  const query = new URLSearchParams(search);
  const touch: Touch = {};
  for (const mark of marks) {
    const value = query.get(mark);
    if (value) touch[mark] = value.slice(0, 200);
  }
  if (referrer && !referrer.startsWith(`${location.origin}/`)) touch._referrer = referrer.slice(0, 500);
  return touch;
};

/** What led here: the campaign and the foreign page of the last visit that had one. A form is often pages later. */
export const lastTouch = (): Touch => {
  const touch = touchOf(location, document.referrer);
  const isNew = Object.keys(touch).length > 0;
  if (isNew && isAllowed()) write('touch', JSON.stringify(touch));
  return isNew ? touch : readJson<Touch>('touch', {});
};
