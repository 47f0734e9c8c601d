import type { FunctionContext, LambdaHandler } from '#aws/function-context';
import { type HttpAnswer, json } from '#http/answer';
import { etag, requireMatch } from '#http/etag';
import { httpHandler } from '#http/handler';
import type { HttpRequest } from '#http/request';
import type { Issue } from '#kernel/issue';
import type { Journey } from '#statemachines/document/schema';
import { readDraft } from '#store/catalogue/journeys';
import type { StoredTemplate } from '#store/catalogue/stored-template';
import { checkDraft } from '../publishing/check-draft.ts';
import { findJourney, journeyId, unknownJourney, viewJourney } from '../publishing/find-journey.ts';
import { changedMeanwhile, publish } from '../publishing/publish.ts';
import { namesIn } from '../publishing/uses.ts';
import { openServices, type Services } from '../services.ts';

export const createHandler = (context: FunctionContext): LambdaHandler => {
  const services = openServices(context);
  return httpHandler(context, { store: services.store }, (request) => publishDraft(services, request));
};

/** Checked again: what it names may have changed since the upload. */
const publishDraft = async (services: Services, request: HttpRequest): Promise<HttpAnswer> => {
  const id = journeyId(request);
  await services.catalogue.renew();
  const record = await findJourney(services.store, id);
  requireMatch(request, etag(record.draftEtag));
  const draft = await readDraft(services.store, id);
  if (!draft) throw unknownJourney(id);
  if (draft.etag !== record.draftEtag) throw changedMeanwhile();
  const { document, issues } = await checkDraft(services, draft.document, id);
  const published = await publish(services, { record, text: draft.document, document });
  return json(200, {
    ...viewJourney(published),
    issues: [...issues, ...(await warningsOf(services, document))],
  });
};

/** What was found in its templates when they were uploaded. */
const warningsOf = async ({ catalogue }: Services, { steps }: Journey): Promise<Issue[]> => {
  const stored = await catalogue.documents<StoredTemplate>('template');
  return [...namesIn(steps, 'template')].flatMap((id) =>
    (stored.get(id)?.issues ?? []).map((issue) => ({ file: `templates/${id}.json`, ...issue })),
  );
};
