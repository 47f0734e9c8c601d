import type { FunctionContext, LambdaHandler } from '#aws/function-context';
import { type HttpAnswer, json } from '#http/answer';
import { etag } from '#http/etag';
import { httpHandler } from '#http/handler';
import { type HttpRequest, parameter } from '#http/request';
import { Refusal } from '#kernel/errors';
import type { JourneyVersion } from '#model/journey';
import { readChecked } from '#statemachines/document/checked';
import { drawPicture } from '#statemachines/picture/picture';
import { listJourneys, readDraft, readVersion } from '#store/catalogue/journeys';
import { openStore, type Store } from '#store/store';
import { findJourney, journeyId, viewJourney } from '../publishing/find-journey.ts';

export const createHandler = (context: FunctionContext): LambdaHandler => {
  const store = openStore(context);
  const ofVersion = (show: (version: JourneyVersion) => HttpAnswer) => async (request: HttpRequest) =>
    show(await findVersion(store, request));
  return httpHandler(
    context,
    { store },
    {
      'GET /v1/journeys': async () => json(200, { journeys: (await listJourneys(store)).map(viewJourney) }),
      'GET /v1/journeys/{id}': (request) => showJourney(store, request),
      'GET /v1/journeys/{id}/versions/{n}': ofVersion(showVersion),
      'GET /v1/journeys/{id}/versions/{n}/asl': ofVersion(({ asl }) => text('application/json', asl)),
      'GET /v1/journeys/{id}/versions/{n}/picture.svg': ofVersion(showPicture),
    },
  );
};

const text = (media: string, body: string): HttpAnswer => ({
  status: 200,
  headers: { 'content-type': media },
  body,
});

/** The draft under `document`; its ETag guards the next upload. */
const showJourney = async (store: Store, request: HttpRequest): Promise<HttpAnswer> => {
  const record = await findJourney(store, journeyId(request));
  const draft = await readDraft(store, record.id);
  const document = draft && readChecked(draft.document);
  return json(200, { ...viewJourney(record), document }, draft && { etag: etag(draft.etag) });
};

const findVersion = async (store: Store, request: HttpRequest): Promise<JourneyVersion> => {
  const number = parameter(request, 'n');
  const version = /^[1-9]\d{0,5}$/.test(number)
    ? await readVersion(store, journeyId(request), Number(number))
    : undefined;
  return version ?? refuseVersion(store, request);
};

const refuseVersion = async (store: Store, request: HttpRequest): Promise<never> => {
  const { id, version: newest } = await findJourney(store, journeyId(request));
  const there = newest === undefined ? 'it was not published yet' : `its newest is ${newest}`;
  throw new Refusal(404, 'unknown-version', `The journey "${id}" has no such version; ${there}.`);
};

const showVersion = ({ journey, version, publishedAt, versionArn, document, templates }: JourneyVersion) =>
  json(200, {
    journey,
    version,
    publishedAt,
    versionArn,
    document: readChecked(document),
    templates: Object.keys(templates),
  });

const showPicture = ({ document }: JourneyVersion): HttpAnswer =>
  text('image/svg+xml', drawPicture(readChecked(document)));
