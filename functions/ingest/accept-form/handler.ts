import type { FunctionContext, LambdaHandler } from '#aws/function-context';
import type { HttpAnswer } from '#http/answer';
import { allowOrigin, preflight } from '#http/cors';
import { type FormValues, formBody } from '#http/form-body';
import { httpHandler } from '#http/handler';
import { createRequestLimits, type RequestLimits } from '#http/limit';
import { type HttpRequest, parameter } from '#http/request';
import { iso } from '#kernel/clock';
import { durationMs } from '#kernel/durations';
import { noSuch, Refusal } from '#kernel/errors';
import { newId } from '#kernel/ids';
import { askingOf, type Form } from '#model/form';
import { type Catalogue, createCatalogue } from '#store/catalogue/catalogue';
import { type EventDraft, storeArrival } from '#store/contacts/arrivals';
import { getEvent } from '#store/contacts/events';
import { count } from '#store/runs/counters';
import { openStore, type Store } from '#store/store';
import { showRefusal, thank } from './answers.ts';
import { captured, pageOf, visitorIn } from './attribution.ts';
import { passChallenge } from './challenge.ts';
import type { Post } from './form-page.ts';
import { refuseFlood } from './mailbox-limit.ts';
import { eventId, findRepeat, postId, requireSameContent } from './repeats.ts';
import { isRobot } from './robots.ts';
import { identitiesIn, readSubmission, type Submission } from './submission.ts';

interface Services {
  store: Store;
  catalogue: Catalogue;
  context: FunctionContext;
  limit: RequestLimits;
  /** What was read of requests that are still to be answered. */
  posts: WeakMap<HttpRequest, Post>;
}

const findForm = async ({ catalogue }: Services, id: string): Promise<Form> => {
  await catalogue.renew();
  const form = await catalogue.form(id);
  if (!form) throw noSuch('form', id);
  return form;
};

const checkOrigin = ({ context }: Services, request: HttpRequest, form: Form): void => {
  allowOrigin(request, form.origins, context.settings.baseUrl);
  if (form.originRequired && request.headers.origin === undefined)
    throw new Refusal(403, 'origin-required', 'This form takes posts from its own pages only.');
};

const countRobot = async (
  { store, context }: Services,
  formId: string,
  request: HttpRequest,
): Promise<void> => {
  context.log.info('form-robot', { form: formId, request: request.id });
  await count(store, { journey: `form:${formId}`, version: 0 }, 'robots', request.id);
};

/** Where the words of the consent were read. */
const originOf = (values: FormValues, request: HttpRequest): string | undefined =>
  request.headers.origin ?? pageOf(values, request)?.origin;

const read = async (
  { catalogue }: Services,
  request: HttpRequest,
  formId: string,
  form: Form,
  values: FormValues,
) => {
  const country = (await catalogue.client()).channels.sms?.country;
  const submission = readSubmission(form, formId, values, { country, origin: originOf(values, request) });
  if (submission.issues.length > 0)
    throw new Refusal(422, 'invalid-fields', 'Some fields cannot be accepted; see issues.', {
      issues: submission.issues,
    });
  return { ...submission, captured: captured(form, values, request), visitor: visitorIn(values) };
};

type Word = Submission['consent'][number];

/** How long the click is waited for. */
const withEnd = (form: Form, word: Word, at: string): Word => {
  const asking = askingOf(form);
  return asking && word.pending
    ? { ...word, until: iso(Date.parse(at) + durationMs(asking.validFor)) }
    : word;
};

const draftOf = (
  formId: string,
  form: Form,
  { fields, consent, captured }: Submission,
  about: { id: string; at: string },
): EventDraft => ({
  ...about,
  type: 'form',
  name: formId,
  happenedAt: about.at,
  properties: { ...captured, ...fields },
  traits: fields,
  ...(consent.length > 0 ? { consent: consent.map((word) => withEnd(form, word, about.at)) } : {}),
  ...(form.tags.length > 0 ? { addTags: form.tags } : {}),
  ...(form.addScore === 0 ? {} : { addScore: form.addScore }),
  depth: 0,
  state: 'accepted',
});

interface Given {
  formId: string;
  form: Form;
  values: FormValues;
  submission: Submission;
}

/** @returns the id under which the post is stored, now or before */
const keep = async (services: Services, request: HttpRequest, given: Given): Promise<string> => {
  const { store, catalogue } = services;
  const { formId, form, values, submission } = given;
  const now = store.clock.now();
  const post = postId(request, formId, submission, now);
  const repeated = await findRepeat(store, formId, submission, post);
  if (repeated !== undefined) return repeated;
  await passChallenge(services, form, values);
  await refuseFlood(store, await catalogue.client(), identitiesIn(submission.fields));
  const whoPosts = [...identitiesIn(submission.fields), ...submission.visitor];
  const draft = draftOf(formId, form, submission, { id: post.id, at: iso(now) });
  const { contact, outcome } = await storeArrival(store, whoPosts, draft);
  if (outcome === 'repeated' && post.key !== undefined)
    requireSameContent(await getEvent(store, contact, post.id), submission);
  return post.id;
};

const accept = async (services: Services, request: HttpRequest): Promise<HttpAnswer> => {
  const formId = parameter(request, 'form');
  const form = await findForm(services, formId);
  checkOrigin(services, request, form);
  const client = await services.catalogue.client();
  await services.limit(request, client, { of: 'forms', key: `form:${formId}` });
  const values = await formBody(request);
  services.posts.set(request, { form, values, at: services.store.clock.now() });
  if (isRobot(form, values, services.store.clock.now())) {
    await countRobot(services, formId, request);
    return thank(request, form, eventId(newId(), services.store.clock.now()), []);
  }
  const submission = await read(services, request, formId, form, values);
  const id = await keep(services, request, { formId, form, values, submission });
  return thank(request, form, id, submission.ignored);
};

const allow = async (services: Services, request: HttpRequest): Promise<HttpAnswer> => {
  const form = await findForm(services, parameter(request, 'form'));
  allowOrigin(request, form.origins, services.context.settings.baseUrl);
  return preflight('POST');
};

export const createHandler = (context: FunctionContext): LambdaHandler => {
  const store = openStore(context);
  const services: Services = {
    ...{ store, context, catalogue: createCatalogue(store) },
    limit: createRequestLimits(store),
    posts: new WeakMap(),
  };
  const show = (refusal: Refusal, request: HttpRequest) =>
    showRefusal(refusal, request, services.posts.get(request));
  return httpHandler(
    context,
    { store, showRefusal: show },
    {
      'POST /v1/forms/{form}': (request) => accept(services, request),
      'OPTIONS /v1/forms/{form}': (request) => allow(services, request),
    },
  );
};
