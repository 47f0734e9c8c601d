import type { FunctionContext, LambdaHandler } from '#aws/function-context';
import { type HttpAnswer, json } from '#http/answer';
import { httpHandler } from '#http/handler';
import type { HttpRequest } from '#http/request';
import { Refusal } from '#kernel/errors';
import type { JourneyRecord } from '#model/journey';
import { findJourney, journeyId, viewJourney } from '../publishing/find-journey.ts';
import { setStatus } from '../publishing/set-status.ts';
import { releasePaused } from '../running/waits/release-paused.ts';
import { openServices, type Services } from '../services.ts';

type Status = JourneyRecord['status'];

/** What each word makes of a journey, and of which states. Saying it twice changes nothing. */
const changes = {
  pause: { to: 'paused', from: ['live'], gates: 'paused' },
  resume: { to: 'live', from: ['paused'], gates: 'open' },
  archive: { to: 'archived', from: ['draft', 'live', 'paused'], gates: 'open' },
} as const satisfies Record<string, { to: Status; from: readonly Status[]; gates: 'open' | 'paused' }>;
type Word = keyof typeof changes;

export const createHandler = (context: FunctionContext): LambdaHandler => {
  const services = openServices(context);
  const work = (word: Word) => (request: HttpRequest) => change(services, request, word);
  return httpHandler(
    context,
    { store: services.store },
    {
      'POST /v1/journeys/{id}/pause': work('pause'),
      'POST /v1/journeys/{id}/resume': work('resume'),
      'POST /v1/journeys/{id}/archive': work('archive'),
    },
  );
};

const change = async (services: Services, request: HttpRequest, word: Word): Promise<HttpAnswer> => {
  const before = await findJourney(services.store, journeyId(request));
  const { to } = changes[word];
  const record = before.status === to ? before : await commit(services, before, word);
  // Runs that were held go on now; what this call does not reach the sweep does.
  if (before.status === 'paused' && to !== 'paused') await releasePaused(services, record.id);
  return json(200, viewJourney(record));
};

const commit = async ({ store }: Services, before: JourneyRecord, word: Word): Promise<JourneyRecord> => {
  const { to, from, gates } = changes[word];
  if (!(from as readonly Status[]).includes(before.status))
    throw new Refusal(
      409,
      'wrong-state',
      `The journey is ${before.status}; only one that is ${from.join(' or ')} can be ${past[word]}.${wayOn[before.status]}`,
    );
  return setStatus(store, before, { status: to, gates });
};

const wayOn: Record<Status, string> = {
  draft: ' Publish it first.',
  archived: ' Publish it again, and people enter it again.',
  ...{ live: '', paused: '' },
};

const past: Record<Word, string> = { pause: 'paused', resume: 'resumed', archive: 'archived' };
