import * as z from 'zod';
import { type HttpAnswer, json } from '#http/answer';
import { jsonBodyOf } from '#http/body';
import type { HttpRequest } from '#http/request';
import { iso } from '#kernel/clock';
import { noSuch, Refusal } from '#kernel/errors';
import { derivedId, newId } from '#kernel/ids';
import { type EnrolmentWork, fastestPerMinute, slowestPerMinute, viewEnrolment } from '#model/enrolment';
import { enrolmentsPerSecond } from '#policy/sending/pace';
import type { Enter } from '#statemachines/document/schema';
import { addEnrolment, readEnrolment } from '#store/catalogue/enrolments';
import { findUnstorable } from '#store/storable';
import { journeyId } from '../publishing/find-journey.ts';
import type { Services } from '../services.ts';
import { findPublished } from './find-published.ts';

export const segmentBodySchema = z.strictObject({
  segment: z.string().min(1).max(64).describe('All who are in it now; who comes later is not meant'),
  properties: z.record(z.string(), z.json()).default({}).describe('`trigger.properties` of every run'),
  perMinute: z
    .number()
    .min(slowestPerMinute)
    .max(fastestPerMinute)
    .optional()
    .describe('At most so many a minute; without it two thirds of what Step Functions starts'),
});
type Body = z.output<typeof segmentBodySchema>;

/** Answers at once: the members follow, a portion a second. The same Idempotency-Key is one enrolment. */
export const enrollSegment = async (services: Services, request: HttpRequest): Promise<HttpAnswer> => {
  const body = jsonBodyOf(request, segmentBodySchema);
  const unstorable = findUnstorable(body.properties);
  if (unstorable) throw new Refusal(422, unstorable.code, unstorable.message);
  const { id: journey, enter } = await findPublished(services, journeyId(request));
  if (!(await services.catalogue.segments()).has(body.segment)) throw noSuch('segment', body.segment);
  if (!isMeantFor(enter, body.segment)) throw notMeant(body.segment);
  const enrolment = newEnrolment(services, request, { journey, ...body });
  const isNew = await addEnrolment(services.store, enrolment);
  const stored = isNew ? enrolment : ((await readEnrolment(services.store, enrolment.id)) ?? enrolment);
  return json(202, viewEnrolment(stored));
};

const isMeantFor = ({ on }: Enter, segment: string): boolean =>
  on.some(
    (trigger) =>
      'manual' in trigger ||
      ('segment' in trigger && trigger.segment === segment && trigger.when === 'enters'),
  );

const notMeant = (segment: string): Refusal =>
  new Refusal(
    409,
    'not-manual',
    `Neither by hand nor with segment "${segment}" does anybody enter this journey. Add { "manual": true } or { "segment": "${segment}", "when": "enters" } to enter.on.`,
  );

const newEnrolment = (
  { store, context }: Services,
  request: HttpRequest,
  { journey, segment, properties, perMinute }: Body & { journey: string },
): EnrolmentWork => {
  const now = iso(store.clock.now());
  const key = request.headers['idempotency-key'];
  return {
    id: key === undefined ? newId() : derivedId('enrolment', journey, segment, key),
    ...{ journey, segment, properties },
    perMinute: perMinute ?? enrolmentsPerSecond(context.settings.region) * 60,
    ...{ status: 'waiting', createdAt: now, nextAt: now },
    ...{ looked: 0, entered: 0, left: 0, failed: 0, refused: {}, shard: 0, tries: 0, turn: 0 },
  };
};
