import { needs } from '#conditions/needs';
import type { Condition } from '#conditions/schema';
import { closureOf, type SegmentConditions, soundSegments } from '#conditions/segments';
import { Refusal } from '#kernel/errors';
import { inLanes } from '#kernel/lanes';
import { contactFacts } from '#policy/contacts/contact-facts';
import { zoneOf } from '#policy/contacts/zone';
import { rateOf } from '#policy/reports/evidence';
import { catalogueOf } from '#store/catalogue/catalogue';
import type { Store } from '#store/store';
import type { SegmentEstimate, SegmentQuestion } from './answers.ts';
import type { Sample } from './sample.ts';

/** A past is a query for each contact: fewer are asked. */
const askedWithPast = 300;
const lanes = 16;
/** No segment can have this id. */
const unnamed = '?';

/** How many contacts a definition would select, asked of a sample of them; of all where they are few. */
export const estimate = async (
  store: Store,
  sample: Sample,
  { id = unnamed, if: condition }: SegmentQuestion,
): Promise<SegmentEstimate> => {
  const catalogue = catalogueOf(store);
  const segments: SegmentConditions = new Map<string, { if: Condition }>([
    ...(await catalogue.segments()),
    [id, { if: condition }],
  ]);
  refuseUnsound(id, segments);
  const { timezone } = await catalogue.client();
  const now = store.clock.now();
  const since = pastOf(id, segments, now);
  const asked = since === undefined ? sample.contacts : sample.contacts.slice(0, askedWithPast);
  const answers = await inLanes(lanes, asked, async (contact) => {
    const events = since === undefined ? [] : await sample.past(contact, since);
    return contactFacts({ contact, now, zone: zoneOf(contact, timezone), events, segments }).inSegment(id);
  });
  return answerOf(sample, { found: answers.filter(Boolean).length, looked: asked.length });
};

const refuseUnsound = (id: string, segments: SegmentConditions): void => {
  if (soundSegments(segments).has(id)) return;
  const unknown = [...closureOf(id, segments)].filter((each) => !segments.has(each));
  const message =
    unknown.length > 0
      ? `There is no segment "${unknown.join('", "')}".`
      : 'It leads back to itself by the segments it names.';
  throw new Refusal(422, 'unsound-segment', message, {
    issues: [{ code: 'unsound-segment', severity: 'error', path: '/if', message }],
  });
};

/** Since when the contacts' pasts are asked for; undefined: not at all. */
const pastOf = (id: string, segments: SegmentConditions, now: number): number | undefined => {
  const { events } = needs(...[...closureOf(id, segments)].map((each) => segments.get(each)!.if));
  return events.size === 0 ? undefined : Math.min(...[...events.values()].map((back) => now - back));
};

const answerOf = (
  { of, isWhole, isCut, at }: Sample,
  { found, looked }: { found: number; looked: number },
): SegmentEstimate => {
  const isExact = isWhole && looked >= of;
  const { low, high } = rateOf(found, looked);
  const members = isExact
    ? { expected: found, low: found, high: found }
    : {
        expected: looked === 0 ? 0 : Math.round((found / looked) * of),
        // Those who were found are in it, and those who were not are not.
        low: Math.max(found, Math.floor(low * of)),
        high: Math.min(of - looked + found, Math.ceil(high * of)),
      };
  return { members, contacts: of, looked, method: isExact ? 'all' : isCut ? 'first' : 'sample', at };
};
