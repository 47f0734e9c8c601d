import { createPlan } from '#statemachines/compile/plan';
import type { Journey } from '#statemachines/document/schema';
import { cardWords } from '#statemachines/picture/words';
import { words } from '../../../words/words.ts';
import { textsIn } from './texts.ts';

type Json = Record<string, unknown>;

/** Something that can happen to whoever walks, as `POST /v1/journeys/simulate` takes it, without its time. */
export interface Offered {
  key: string;
  name: string;
  happening: Json;
}

const said = words.journeys.try.events;
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Every object in a document. */
const objectsIn = (value: unknown): Json[] => {
  if (Array.isArray(value)) return value.flatMap(objectsIn);
  if (!isObject(value)) return [];
  return [value, ...Object.values(value).flatMap(objectsIn)];
};

/** Templates that its messages are made of. */
export const templatesOf = (journey: Journey): string[] => [
  ...new Set(
    objectsIn(journey.steps).flatMap(({ template }) => (typeof template === 'string' ? [template] : [])),
  ),
];

const printed = /\{\{-?\s*contact\.(\w+(?:\.\w+)*)\b[^{}]*\}\}/g;

/** What a text prints of the contact without a word for who has none: without it, nothing is sent. */
const printedIn = (document: unknown): string[] =>
  textsIn(document).flatMap((text) =>
    [...text.matchAll(printed)].flatMap(([whole, path = '']) => (/\|\s*default\b/.test(whole) ? [] : [path])),
  );

/**
 * Fields of the contact that conditions and dates of the journey ask for, as they are named there.
 * @param texts its templates, with their layouts and partials: what they print is asked for, too
 */
export const fieldsAsked = (journey: Journey, texts: readonly unknown[] = []): string[] => {
  const paths = objectsIn(journey).flatMap(({ contact, date }) => [
    ...(typeof contact === 'string' ? [contact] : []),
    ...(typeof date === 'string' && date.startsWith('contact.') ? [date.slice('contact.'.length)] : []),
  ]);
  paths.push(...printedIn([journey.steps, texts]));
  const ownPlace = ['email', 'consent', 'tags', 'score', 'stage'];
  return [...new Set(paths)].filter((path) => !ownPlace.includes(path.split('.')[0] ?? '')).sort();
};

/** What steps are called on their cards, by id. */
export const stepNames = (journey: Journey): ReadonlyMap<string, string> =>
  new Map([...createPlan(journey).nodes.values()].map((node) => [node.id, cardWords(node).title]));

/** What the journey listens for: its waits, tasks, goal and exits. What starts it happens by itself. */
export const happeningsOffered = (journey: Journey): Offered[] => {
  const names = stepNames(journey);
  const { steps, goal, exit } = journey;
  const found = objectsIn([steps, goal, exit]).flatMap((one) => [
    ...ofTrigger(one.on, names),
    ...ofTask(one, names),
  ]);
  return [...new Map(found.map((one) => [one.key, one])).values()];
};

const offer = (name: string, happening: Json): Offered => ({
  key: JSON.stringify(happening),
  name,
  happening,
});

const ofTrigger = (on: unknown, names: ReadonlyMap<string, string>): Offered[] => {
  if (!isObject(on)) return [];
  const { message, was, event, form, tag } = on;
  if (typeof message === 'string' && typeof was === 'string')
    return [offer(said.message(was, names.get(message) ?? message), { message, was })];
  if (typeof event === 'string') return [offer(said.event(event), { event })];
  if (typeof form === 'string') return [offer(said.form(form), { form })];
  return typeof tag === 'string' ? [offer(said.tag(tag), { tag })] : [];
};

const ofTask = ({ id, type, outcomes }: Json, names: ReadonlyMap<string, string>): Offered[] =>
  type === 'task' && typeof id === 'string' && Array.isArray(outcomes)
    ? outcomes.map((outcome) => offer(said.task(names.get(id) ?? id, String(outcome)), { task: id, outcome }))
    : [];

/** What was typed, as the kind of value it looks like: conditions compare numbers with numbers. */
export const typedValue = (typed: string): unknown => {
  const text = typed.trim();
  if (text === '') return undefined;
  if (text === 'true' || text === 'false') return text === 'true';
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
};
