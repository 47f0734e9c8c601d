import type { FunctionContext, LambdaHandler } from '#aws/function-context';
import type { LinkFacts } from '#channels/links';
import { type HttpAnswer, html } from '#http/answer';
import { formBody } from '#http/form-body';
import { httpHandler } from '#http/handler';
import { escapeHtml, page } from '#http/page';
import type { HttpRequest } from '#http/request';
import { Refusal } from '#kernel/errors';
import { type Catalogue, createCatalogue } from '#store/catalogue';
import { openStore, type Store } from '#store/store';
import { changeConsent } from '../change-consent.ts';
import { readLink } from '../link-facts.ts';
import { button, form, showRefusal, wantsPage } from '../pages.ts';

interface Services {
  store: Store;
  catalogue: Catalogue;
}

const namesOf = async ({ catalogue }: Services, { topic }: LinkFacts) => {
  await catalogue.renewAfter(60_000);
  const client = await catalogue.client();
  return {
    brand: client.brand.name,
    topic: topic === undefined ? undefined : (client.topics[topic]?.name ?? topic),
  };
};

/** Changes nothing: link scanners and previews come by as well. */
const show = async (services: Services, request: HttpRequest): Promise<HttpAnswer> => {
  const { brand, topic } = await namesOf(services, await readLink(services.store, 'unsubscribe', request));
  const what = topic ?? `all messages of ${brand}`;
  const other =
    topic === undefined ? '' : `<p>${button(`Leave all messages of ${brand}`, 'scope', 'all', true)}</p>`;
  return html(
    200,
    page(
      'Unsubscribe',
      `<p>You will get no more ${escapeHtml(topic ?? 'messages')} from ${escapeHtml(brand)}.</p>${form(`<p>${button(`Unsubscribe from ${what}`)}</p>${other}`)}`,
    ),
  );
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

const leave = async ({ store }: Services, request: HttpRequest): Promise<HttpAnswer> => {
  const facts = await readLink(store, 'unsubscribe', request);
  const topic = (await leavesAll(request)) ? undefined : facts.topic;
  await changeConsent(store, facts, [{ channel: facts.channel, topic, given: false, source: 'unsubscribe' }]);
  if (!wantsPage(request))
    return {
      status: 200,
      headers: { 'content-type': 'text/plain; charset=utf-8' },
      body: 'You are unsubscribed.\n',
    };
  return html(200, page('You are unsubscribed', '<p>It holds from now on. You may close this page.</p>'));
};

export const createHandler = (context: FunctionContext): LambdaHandler => {
  const store = openStore(context);
  const services: Services = { store, catalogue: createCatalogue(store) };
  return httpHandler(
    context,
    { access: 'public', store, showRefusal },
    {
      'GET /u/{token}': (request) => show(services, request),
      'POST /u/{token}': (request) => leave(services, request),
    },
  );
};
