import type { FunctionContext, LambdaHandler } from '#aws/function-context';
import type { HttpAnswer } from '#http/answer';
import { formBody } from '#http/form-body';
import { httpHandler } from '#http/handler';
import { escapeHtml } from '#http/page';
import type { HttpRequest } from '#http/request';
import { Refusal } from '#kernel/errors';
import { changeConsent } from '../change-consent.ts';
import { leavingAll } from '../leaving-all.ts';
import { awayIsLater, readLink } from '../link-facts.ts';
import { button, form, paragraph, readerPage, showRefusal, wantsPage } from '../pages.ts';
import { openServices, preferencesPath, type Reader, readReader, type Services } from '../reader.ts';

const link = (path: string, text: string): string =>
  `<p><a href="${escapeHtml(path)}">${escapeHtml(text)}</a></p>`;

const namesIn = ({ facts, client, voice }: Reader) => ({
  brand: client.brand.name,
  channel: voice.say(
    `channel-${facts.channel === 'sms' || facts.channel === 'push' ? facts.channel : 'email'}`,
  ),
  topic: facts.topic === undefined ? '' : (client.topics[facts.topic]?.name ?? facts.topic),
});

/** Changes nothing: link scanners and previews come by as well. */
const show = async (services: Services, request: HttpRequest): Promise<HttpAnswer> => {
  const reader = await readReader(services, 'unsubscribe', request);
  const { say } = reader.voice;
  const names = namesIn(reader);
  const isTopic = names.topic !== '';
  const text = say(isTopic ? 'unsubscribe-topic-text' : 'unsubscribe-text', names);
  const first = button(say(isTopic ? 'unsubscribe-topic-button' : 'unsubscribe-button', names));
  const all = button(say('unsubscribe-all-button', names), 'scope', 'all', true);
  const instead = link(await preferencesPath(services, reader), say('choose-instead', names));
  const body = `${paragraph(text)}${form(`<p>${first}</p><p>${all}</p>`)}${instead}`;
  return readerPage(reader, 'unsubscribe-title', body);
};

/** Mailbox providers post `List-Unsubscribe=One-Click`; whatever is in the body, the POST is the wish. */
const leavesAll = async (request: HttpRequest): Promise<boolean> => {
  try {
    return (await formBody(request)).get('scope')?.includes('all') ?? false;
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
};

const plainly: HttpAnswer = {
  status: 200,
  headers: { 'content-type': 'text/plain; charset=utf-8' },
  body: 'You are unsubscribed.\n',
};

const leave = async (services: Services, request: HttpRequest): Promise<HttpAnswer> => {
  const { store } = services;
  const facts = await readLink(store, 'unsubscribe', request);
  const said = { given: false, source: 'unsubscribe' };
  const words = (await leavesAll(request))
    ? await awayIsLater(leavingAll(store, facts, said.source))
    : [{ channel: facts.channel, topic: facts.topic, ...said }];
  await awayIsLater(changeConsent(store, facts, words));
  if (!wantsPage(request)) return plainly;
  const reader = await readReader(services, 'unsubscribe', request);
  const { say } = reader.voice;
  const change = link(await preferencesPath(services, reader), say('unsubscribed-change'));
  return readerPage(
    reader,
    'unsubscribed-title',
    `${paragraph(say('unsubscribed-text', namesIn(reader)))}${change}`,
  );
};

export const createHandler = (context: FunctionContext): LambdaHandler => {
  const services = openServices(context);
  return httpHandler(
    context,
    { store: services.store, showRefusal },
    {
      'GET /u/{token}': (request) => show(services, request),
      'HEAD /u/{token}': (request) => show(services, request),
      'POST /u/{token}': (request) => leave(services, request),
    },
  );
};
