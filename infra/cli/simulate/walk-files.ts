import { isObject } from '#kernel/json';
import { shown } from '#kernel/words';
import { readHappenings, type SimulationEvent } from '#model/simulation';
import { Failure } from '../failure.ts';
import { readJsonFile } from '../files.ts';

export const readEventsFile = (file: string): SimulationEvent[] => {
  const { events, issues } = readHappenings(readJsonFile(file));
  if (issues.length === 0) return events;
  throw new Failure(
    issues
      .map(({ path, message }) => (path === '' ? `${file} ${message}.` : `${file}, ${message}.`))
      .join('\n'),
  );
};

/** Who walks. A consent in another form would be none, and nobody would learn why nothing is sent. */
export const readContactFile = (file: string): Record<string, unknown> => {
  const contact = readObject(file, '{ "email": "ada@example.com", "consent": ["email"] }');
  const { consent } = contact;
  if (consent === undefined || isConsent(consent)) return contact;
  throw new Failure(`${file}: "consent" is ${shown(consent)}; write a list such as ["email"].`);
};

/** As `identify` takes it: `["email"]`, or `{ "email": true }`. */
const isConsent = (value: unknown): boolean =>
  Array.isArray(value)
    ? value.every((name) => typeof name === 'string')
    : typeof value === 'object' &&
      value !== null &&
      Object.values(value).every((given) => typeof given === 'boolean');

/** What webhooks answer, by step. */
export const readAnswersFile = (file: string): Record<string, unknown> =>
  readObject(file, '{ "look-up": { "plan": "gold" } }');

const readObject = (file: string, example: string): Record<string, unknown> => {
  const value = readJsonFile(file);
  if (isObject(value)) return value;
  throw new Failure(`${file} is no object: write ${example}.`);
};
