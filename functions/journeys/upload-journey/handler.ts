import type { FunctionContext, LambdaHandler } from '#aws/function-context';
import { type HttpAnswer, json } from '#http/answer';
import { largestBytes, textBody } from '#http/body';
import { etag, requireMatch } from '#http/etag';
import { httpHandler } from '#http/handler';
import { type HttpRequest, parameter } from '#http/request';
import type { Issue } from '#kernel/issue';
import type { JourneyRecord } from '#model/journey';
import { readJourney } from '#store/catalogue/journeys';
import { checkDraft } from '../publishing/check-draft.ts';
import { saveDraft } from '../publishing/draft.ts';
import { isJourneyId, journeyId, viewJourney } from '../publishing/find-journey.ts';
import { openServices, type Services } from '../services.ts';

export const createHandler = (context: FunctionContext): LambdaHandler => {
  const services = openServices(context);
  return httpHandler(
    context,
    { store: services.store },
    {
      'PUT /v1/journeys/{id}': (request) => upload(services, request),
      'POST /v1/journeys/check': (request) => check(services, request),
    },
  );
};

const upload = async (services: Services, request: HttpRequest): Promise<HttpAnswer> => {
  // Above the language's own limit of 1 MB, so that the answer is an issue that names it.
  const text = textBody(request, largestBytes);
  await services.catalogue.renew();
  const id = await uploadId(services, request, text);
  const before = await readJourney(services.store, id);
  requireMatch(request, before && etag(before.draftEtag));
  const { document, issues } = await checkDraft(services, text, id);
  const record = await saveDraft(services, before, { text, document, owner: 'api' });
  const all = [...issues, ...takeover(before)];
  return json(200, { ...viewJourney(record), issues: all }, { etag: etag(record.draftEtag) });
};

/** An id that no journey can have is most often the document's own: then its issues say more than "not found". */
const uploadId = async (services: Services, request: HttpRequest, text: string): Promise<string> => {
  const id = parameter(request, 'id');
  if (!isJourneyId(id)) await checkDraft(services, text, id);
  return journeyId(request);
};

/** One owner at a time: the next deployment leaves this journey as the API made it. */
const takeover = (before: JourneyRecord | undefined): Issue[] =>
  before?.owner === 'folder'
    ? [
        {
          code: 'taken-from-folder',
          severity: 'warning',
          path: '',
          message: `"${before.id}" came with the client's folder; from now on it belongs to the API and deployments leave it alone`,
        },
      ]
    : [];

const check = async (services: Services, request: HttpRequest): Promise<HttpAnswer> => {
  const text = textBody(request, largestBytes);
  await services.catalogue.renew();
  const { issues } = await checkDraft(services, text);
  return json(200, { issues });
};
