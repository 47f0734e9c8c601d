import type { FunctionContext, LambdaHandler } from '#aws/function-context';
import type { LinkFacts } from '#channels/links';
import { type HttpAnswer, html, json, redirect } from '#http/answer';
import { httpHandler } from '#http/handler';
import { escapeHtml, page } from '#http/page';
import type { HttpRequest } from '#http/request';
import { Refusal } from '#kernel/errors';
import { askingOf, type Form, wordsOf } from '#model/form';
import { type Catalogue, createCatalogue } from '#store/catalogue';
import { openStore, type Store } from '#store/store';
import { readLink } from '../link-facts.ts';
import { button, form, showRefusal, wantsPage } from '../pages.ts';
import { confirmAll, type Pending, readPending } from './confirm.ts';

interface Services {
  store: Store;
  catalogue: Catalogue;
}

const tooOld = (): Refusal =>
  new Refusal(410, 'link-expired', 'This link is too old. Please fill in the form once more.');
const otherAddress = (): Refusal =>
  new Refusal(410, 'link-outdated', 'This link was for another address, or the address was removed.');

const read = async ({ store }: Services, request: HttpRequest): Promise<[LinkFacts, Pending]> => {
  const facts = await readLink(store, 'confirm', request);
  const pending = await readPending(store, facts);
  if (!pending) throw otherAddress();
  if (pending.byForm.length > 0 && (facts.until ?? 0) < store.clock.now()) throw tooOld();
  return [facts, pending];
};

const brandOf = async ({ catalogue }: Services): Promise<string> => {
  await catalogue.renewAfter(60_000);
  return (await catalogue.client()).brand.name;
};

/** The form that asked, for its page and its words; it may be gone by now. */
const formOf = async ({ catalogue }: Services, { byForm }: Pending): Promise<Form | undefined> => {
  await catalogue.renewAfter(60_000);
  return catalogue.form(byForm[0]?.[0] ?? '');
};

/** Confirmed before, or taken back since: the page says what is true now. */
const settled = ({ contact }: Pending, asked: Form | undefined): HttpAnswer => {
  if (!contact.consent.email?.given)
    return html(200, page('Nothing to confirm', '<p>Nothing is open any more, and we send you nothing.</p>'));
  const text = wordsOf(asked ?? {}, 'confirmed-text', 'Your address is confirmed. You may close this page.');
  const title = wordsOf(asked ?? {}, 'confirmed-title', 'Confirmed');
  return html(200, page(title, `<p>${escapeHtml(text)}</p>`, asked?.language));
};

/** Changes nothing: link scanners and previews come by as well. */
const show = async (services: Services, request: HttpRequest): Promise<HttpAnswer> => {
  const [, pending] = await read(services, request);
  const asked = await formOf(services, pending);
  if (pending.byForm.length === 0) return settled(pending, asked);
  const brand = await brandOf(services);
  const words = (name: string, usual: string): string => wordsOf(asked ?? {}, name, usual);
  const texts = new Set(pending.byForm.flatMap(([, consents]) => consents.map(([, { text = '' }]) => text)));
  const quotes = [...texts].map((text) => `<blockquote>${escapeHtml(text)}</blockquote>`).join('');
  const entered = words('confirm-text', `It was entered at ${brand}, with this agreement:`);
  const yes = button(words('confirm-button', 'Yes, confirm my address'));
  const body = `<p>${escapeHtml(entered)}</p>${quotes}${form(`<p>${yes}</p>`)}`;
  const title = words('confirm-title', 'Is this your address?');
  return html(200, page(title, body, asked?.language), {}, asked && askingOf(asked)?.thanks);
};

const confirm = async (services: Services, request: HttpRequest): Promise<HttpAnswer> => {
  const [facts, pending] = await read(services, request);
  if (pending.byForm.length > 0) await confirmAll(services.store, facts, pending);
  const now = await readPending(services.store, facts);
  if (!now) throw otherAddress();
  const isGiven = now.contact.consent.email?.given === true;
  if (!wantsPage(request)) return json(200, { status: isGiven ? 'confirmed' : 'nothing-to-confirm' });
  const asked = await formOf(services, pending);
  const thanks = isGiven && asked ? askingOf(asked)?.thanks : undefined;
  return thanks === undefined ? settled(now, asked) : redirect(303, thanks);
};

export const createHandler = (context: FunctionContext): LambdaHandler => {
  const store = openStore(context);
  const services: Services = { store, catalogue: createCatalogue(store) };
  return httpHandler(
    context,
    { access: 'public', store, showRefusal },
    {
      'GET /confirm/{token}': (request) => show(services, request),
      'POST /confirm/{token}': (request) => confirm(services, request),
    },
  );
};
