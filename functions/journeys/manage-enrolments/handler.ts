import type { FunctionContext, LambdaHandler } from '#aws/function-context';
import { type HttpAnswer, json } from '#http/answer';
import { httpHandler } from '#http/handler';
import { type HttpRequest, parameter } from '#http/request';
import { iso } from '#kernel/clock';
import { Refusal } from '#kernel/errors';
import { type EnrolmentWork, viewEnrolment } from '#model/enrolment';
import { isOpen, listEnrolments, readEnrolment, saveEnrolment } from '#store/catalogue/enrolments';
import { ReadAgain, untilSettled } from '#store/retry';
import { openStore, type Store } from '#store/store';

export const createHandler = (context: FunctionContext): LambdaHandler => {
  const store = openStore(context);
  return httpHandler(
    context,
    { store },
    {
      'GET /v1/enrolments': async () =>
        json(200, { enrolments: (await listEnrolments(store)).map(viewEnrolment) }),
      'GET /v1/enrolments/{id}': async (request) => json(200, viewEnrolment(await find(store, request))),
      'POST /v1/enrolments/{id}/stop': (request) => stop(store, request),
    },
  );
};

const find = async (store: Store, request: HttpRequest): Promise<EnrolmentWork> => {
  const found = await readEnrolment(store, parameter(request, 'id'));
  if (!found) throw new Refusal(404, 'unknown-enrolment', 'There is no enrolment of this id.');
  return found;
};

/** Who has entered stays in the journey. One that is over is left as it is. */
const stop = (store: Store, request: HttpRequest): Promise<HttpAnswer> =>
  untilSettled(async () => {
    const found = await find(store, request);
    if (!isOpen(found)) return json(200, viewEnrolment(found));
    const endedAt = iso(store.clock.now());
    const stopped = { ...found, status: 'stopped', reason: 'by-hand', endedAt } as const;
    if (!(await saveEnrolment(store, stopped))) throw new ReadAgain('a portion was taken meanwhile');
    return json(200, viewEnrolment(stopped));
  });
