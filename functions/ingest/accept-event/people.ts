import type { Identity } from '#policy/contacts/identity';

interface Person<T> {
  events: T[];
  keys: string[];
}

/** The smaller ones go into the largest: a batch of one crowd stays cheap. */
const join = <T>(people: readonly Person<T>[], personOf: Map<string, Person<T>>): Person<T> => {
  const [one = { events: [], keys: [] }, ...others] = people.toSorted(
    (a, b) => b.keys.length - a.keys.length,
  );
  for (const { events, keys } of others) {
    one.events.push(...events);
    one.keys.push(...keys);
    for (const key of keys) personOf.set(key, one);
  }
  return one;
};

/**
 * Events that share an identity, directly or by way of others, belong together: a visitor, then the
 * same one with a name. Each person's in the order in which they came.
 */
export const byPerson = <T extends { identities: readonly Identity[] }>(events: readonly T[]): T[][] => {
  const personOf = new Map<string, Person<T>>();
  const place = new Map(events.map((event, i) => [event, i]));
  for (const event of events) {
    const keys = [...new Set(event.identities.map(({ kind, value }) => `${kind}#${value}`))];
    const person = join([...new Set(keys.flatMap((key) => personOf.get(key) ?? []))], personOf);
    person.events.push(event);
    const free = keys.filter((key) => !personOf.has(key));
    person.keys.push(...free);
    for (const key of free) personOf.set(key, person);
  }
  return [...new Set(personOf.values())].map((person) =>
    person.events.sort((a, b) => place.get(a)! - place.get(b)!),
  );
};
