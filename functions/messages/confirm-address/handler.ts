import type { FunctionContext, LambdaHandler } from '#aws/function-context';
import type { LinkFacts } from '#channels/links';
import { type HttpAnswer, html, json, redirect } from '#http/answer';
import { httpHandler } from '#http/handler';
import { escapeHtml, page } from '#http/page';
import type { HttpRequest } from '#http/request';
import { Refusal } from '#kernel/errors';
import { askingOf } from '#model/form';
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

/** Confirmed before, or taken back since: the page says what is true now. */
const settled = ({ contact }: Pending): HttpAnswer =>
  contact.consent.email?.given
    ? html(200, page('Confirmed', '<p>Your address is confirmed. You may close this page.</p>'))
    : html(200, page('Nothing to confirm', '<p>Nothing is open any more, and we send you nothing.</p>'));

/** Changes nothing: link scanners and previews come by as well. */
const show = async (services: Services, request: HttpRequest): Promise<HttpAnswer> => {
  const [, pending] = await read(services, request);
  if (pending.byForm.length === 0) return settled(pending);
  const brand = escapeHtml(await brandOf(services));
  const texts = new Set(pending.byForm.flatMap(([, consents]) => consents.map(([, { text = '' }]) => text)));
  const quotes = [...texts].map((text) => `<blockquote>${escapeHtml(text)}</blockquote>`).join('');
  return html(
    200,
    page(
      'Is this your address?',
      `<p>It was entered at ${brand}, with this agreement:</p>${quotes}${form(`<p>${button('Yes, confirm my address')}</p>`)}<p>If it was not you, close this page: we will write no more.</p>`,
    ),
    {},
    await thanksOf(services, pending),
  );
};

const thanksOf = async ({ catalogue }: Services, { byForm }: Pending): Promise<string | undefined> => {
  await catalogue.renewAfter(60_000);
  const asking = await catalogue.form(byForm[0]?.[0] ?? '');
  return asking && askingOf(asking)?.thanks;
};

const confirm = async (services: Services, request: HttpRequest): Promise<HttpAnswer> => {
  const [facts, pending] = await read(services, request);
  if (pending.byForm.length > 0) await confirmAll(services.store, facts, pending);
  const now = await readPending(services.store, facts);
  if (!now) throw otherAddress();
  const isGiven = now.contact.consent.email?.given === true;
  if (!wantsPage(request)) return json(200, { status: isGiven ? 'confirmed' : 'nothing-to-confirm' });
  const thanks = isGiven && pending.byForm.length > 0 ? await thanksOf(services, pending) : undefined;
  return thanks === undefined ? settled(now) : redirect(303, thanks);
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
