import type { Journey } from '#statemachines/document/schema';
import type { Case } from '../interpreter/story.ts';

/**
 * Many cases live in one world without hearing of each other: each has names of its own for whatever
 * the whole client knows by name.
 */
export const embedCase = (given: Case, mark: string): Case => ({
  ...given,
  journeys: given.journeys.map(
    (journey) => ({ ...rename(journey, mark), id: `${journey.id}-${mark}` }) as Journey,
  ),
  segments: Object.fromEntries(
    Object.entries(given.segments ?? {}).map(([id, segment]) => [`${id}-${mark}`, ownSegment(segment, mark)]),
  ),
  contact: { ...addressed(rename(given.contact, mark), mark), ofCase: mark },
  happenings: given.happenings.map((happening) => rename(happening, mark)),
});

/** Contacts of other cases are in none of its segments. */
const ownSegment = (segment: object, mark: string): object => {
  const { if: condition, ...others } = rename(segment, mark) as { if: object };
  return { ...others, if: { all: [{ contact: 'ofCase', is: mark }, condition] } };
};

/** Members whose text is a name that the whole client knows. */
const names = new Set(['event', 'did', 'tag']);
const ids = new Set(['form', 'segment', 'journey', 'enrol']);
const lists = new Set(['tags', 'addTags', 'removeTags']);

const rename = <T>(value: T, mark: string): T => {
  if (Array.isArray(value)) return value.map((each) => rename(each, mark)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => {
      if (typeof member === 'string' && names.has(name)) return [name, `${member} ${mark}`];
      if (typeof member === 'string' && ids.has(name)) return [name, `${member}-${mark}`];
      if (Array.isArray(member) && lists.has(name)) return [name, member.map((each) => `${each} ${mark}`)];
      if (typeof member === 'string' && name === 'date') return [name, `${member}_${mark}`];
      if (name === 'renewal') return [`renewal_${mark}`, member];
      if (name === 'contact' && member === 'renewal') return [name, `renewal_${mark}`];
      return [name, rename(member, mark)];
    }),
  ) as T;
};

/** What is known of an address is known whoever has it. */
const addressed = (
  { email, phone, pushEndpoint, ...contact }: Case['contact'],
  mark: string,
): Case['contact'] => ({
  ...contact,
  ...(email ? { email: `${mark}@example.com` } : {}),
  ...(phone ? { phone: `+1415${String(2_000_000 + Number(mark.slice(1)))}` } : {}),
  ...(pushEndpoint
    ? {
        pushEndpoint: `arn:aws:sns:eu-central-1:111122223333:endpoint/GCM/acme/00000000-0000-0000-0000-${mark.slice(1).padStart(12, '0')}`,
      }
    : {}),
});
