import type { FunctionContext, LambdaHandler } from '#aws/function-context';
import { type HttpAnswer, json } from '#http/answer';
import { jsonBodyOf } from '#http/body';
import { httpHandler } from '#http/handler';
import type { HttpRequest } from '#http/request';
import { Refusal } from '#kernel/errors';
import type { Issue } from '#kernel/issue';
import { readHappenings, simulationRequestSchema } from '#model/simulation';
import { checkDraft } from '../publishing/check-draft.ts';
import { clientDocuments } from '../publishing/client-documents.ts';
import { openServices, type Services } from '../services.ts';

/** A document of the language's own limit of 1 MB, and what happens to the contact. */
const maxBytes = 2 * 1024 * 1024;
/** Less than API Gateway waits, so that the answer says why. */
const patienceMs = 20_000;

export const createHandler = (context: FunctionContext): LambdaHandler => {
  const services = openServices(context);
  return httpHandler(context, { store: services.store }, (request) => simulate(services, request));
};

const simulate = async (services: Services, request: HttpRequest): Promise<HttpAnswer> => {
  const {
    document,
    events: lines = [],
    start,
    ...walk
  } = jsonBodyOf(request, simulationRequestSchema, maxBytes);
  const { events, issues } = readHappenings(lines);
  if (issues.length > 0)
    throw invalid('invalid-events', 'The events cannot happen so; see issues.', below('events', issues));
  await services.catalogue.renew();
  const text = typeof document === 'string' ? document : JSON.stringify(document ?? null);
  await checkDraft(services, text);
  const { context, catalogue } = services;
  if (!context.simulate) throw new Error('the function was not handed a simulator');
  const { simulation, refused } = await context.simulate({
    ...{ ...walk, text, events, patienceMs },
    ...(await clientDocuments(catalogue)),
    start: start === undefined ? context.clock.now() : Date.parse(start),
  });
  if (refused !== undefined) throw invalid('impossible-simulation', refused, [issueOf(refused)]);
  return json(200, simulation);
};

const invalid = (code: string, message: string, issues: Issue[]): Refusal =>
  new Refusal(422, code, message, { issues });

const below = (name: string, issues: readonly Issue[]): Issue[] =>
  issues.map((issue) => ({ ...issue, path: `/${name}${issue.path}` }));

const issueOf = (message: string): Issue => ({
  code: 'impossible-simulation',
  severity: 'error',
  path: '/events',
  message,
});
