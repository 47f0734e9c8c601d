import type { FunctionContext, LambdaHandler } from '#aws/function-context';
import { type HttpAnswer, html } from '#http/answer';
import { formBody } from '#http/form-body';
import { httpHandler } from '#http/handler';
import { escapeHtml, page } from '#http/page';
import type { HttpRequest } from '#http/request';
import { contactOf } from '#kernel/ids';
import { type Catalogue, createCatalogue } from '#store/catalogue';
import { getContact } from '#store/contacts';
import { openStore, type Store } from '#store/store';
import { changeConsent } from '../change-consent.ts';
import { readLink } from '../link-facts.ts';
import { button, form, showRefusal } from '../pages.ts';
import { type Choice, choicesOf, fieldOf, wordsOf } from './choices.ts';

interface Services {
  store: Store;
  catalogue: Catalogue;
}

const read = async ({ store, catalogue }: Services, request: HttpRequest) => {
  const facts = await readLink(store, 'preferences', request);
  await catalogue.renewAfter(60_000);
  const client = await catalogue.client();
  const contact = await getContact(store, contactOf(facts.sendId));
  return { facts, brand: client.brand.name, choices: contact && choicesOf(client, contact) };
};

const gone = (): HttpAnswer =>
  html(200, page('Nothing to choose', '<p>We no longer keep anything about you, and send you nothing.</p>'));

const box = (choice: Choice): string => {
  const { topic, name, description, given } = choice;
  const about = description === undefined ? '' : `<br><small>${escapeHtml(description)}</small>`;
  const field = escapeHtml(fieldOf(choice));
  return `<p${topic === undefined ? '' : ' style="margin-left:2rem"'}><label><input type="checkbox" name="${field}" value="yes"${given ? ' checked' : ''}> ${escapeHtml(name)}${about}</label></p>`;
};

const show = async (services: Services, request: HttpRequest): Promise<HttpAnswer> => {
  const { brand, choices } = await read(services, request);
  if (!choices) return gone();
  const legend = `<legend>What may ${escapeHtml(brand)} send you?</legend>`;
  const body = `<fieldset style="border:0;padding:0">${legend}${choices.map(box).join('')}</fieldset>`;
  // An empty form has no body at all; the marker keeps "nothing ticked" apart from "nothing sent".
  const marker = '<input type="hidden" name="saved" value="yes">';
  return html(200, page('Your preferences', form(`${body}${marker}<p>${button('Save')}</p>`)));
};

const save = async (services: Services, request: HttpRequest): Promise<HttpAnswer> => {
  const { facts, choices } = await read(services, request);
  const values = await formBody(request);
  if (!choices) return gone();
  await changeConsent(services.store, facts, wordsOf(choices, values));
  return html(200, page('Saved', '<p>It holds from now on. You may close this page.</p>'));
};

export const createHandler = (context: FunctionContext): LambdaHandler => {
  const store = openStore(context);
  const services: Services = { store, catalogue: createCatalogue(store) };
  return httpHandler(
    context,
    { access: 'public', store, showRefusal },
    {
      'GET /p/{token}': (request) => show(services, request),
      'POST /p/{token}': (request) => save(services, request),
    },
  );
};
