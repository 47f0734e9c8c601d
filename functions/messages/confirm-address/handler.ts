import type { FunctionContext, LambdaHandler } from '#aws/function-context';
import type { LinkFacts } from '#channels/links';
import { type HttpAnswer, html, json, redirect } from '#http/answer';
import { httpHandler } from '#http/handler';
import { escapeHtml, page } from '#http/page';
import type { HttpRequest } from '#http/request';
import { Refusal } from '#kernel/errors';
import type { Client } from '#model/client';
import { askingOf, type Form, wordsOf } from '#model/form';
import { type Voice, voiceOf } from '#model/words/say';
import { readLink } from '../link-facts.ts';
import { button, form, paragraph, showRefusal, wantsPage } from '../pages.ts';
import { openServices, type Services, voiceFor } from '../reader.ts';
import { confirmAll, type Pending, readPending } from './confirm.ts';

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

/** The form that asked, for its page and its words; it may be gone by now, and so may what it asked. */
const formOf = async ({ catalogue }: Services, { byForm }: Pending): Promise<Form | undefined> => {
  await catalogue.renewAfter(60_000);
  const id = byForm[0]?.[0];
  return id === undefined ? undefined : catalogue.form(id);
};

type Said = 'confirm-title' | 'confirm-text' | 'confirm-button' | 'confirmed-title' | 'confirmed-text';

interface Speaker {
  voice: Voice;
  /** The form's own words before anybody else's. */
  say(word: Said): string;
}

/** In the language of the form that asked, where the reader was a moment ago. */
const speakerOf = (request: HttpRequest, client: Client, asked: Form | undefined): Speaker => {
  const voice = asked ? voiceOf([asked.language], client.messages) : voiceFor(request, client);
  const say = (word: Said): string =>
    wordsOf(asked ?? {}, word, voice.say(word, { brand: client.brand.name }));
  return { voice, say };
};

/** Confirmed before, or taken back since: the page says what is true now. */
const settled = ({ contact }: Pending, { voice, say }: Speaker): HttpAnswer => {
  const [title, text] = contact.consent.email?.given
    ? [say('confirmed-title'), say('confirmed-text')]
    : [voice.say('confirm-nothing-title'), voice.say('confirm-nothing-text')];
  return html(200, page(title, paragraph(text), voice.language));
};

/** The same for programs. */
const statusOf = ({ contact }: Pending): HttpAnswer =>
  json(200, { status: contact.consent.email?.given === true ? 'confirmed' : 'nothing-to-confirm' });

/** Changes nothing: link scanners and previews come by as well. */
const show = async (services: Services, request: HttpRequest): Promise<HttpAnswer> => {
  const [, pending] = await read(services, request);
  const asked = await formOf(services, pending);
  const speaker = speakerOf(request, await services.catalogue.client(), asked);
  if (pending.byForm.length === 0) return wantsPage(request) ? settled(pending, speaker) : statusOf(pending);
  const { say, voice } = speaker;
  const texts = new Set(pending.byForm.flatMap(([, consents]) => consents.map(([, { text = '' }]) => text)));
  const quotes = [...texts].map((text) => `<blockquote>${escapeHtml(text)}</blockquote>`).join('');
  const body = `${paragraph(say('confirm-text'))}${quotes}${form(`<p>${button(say('confirm-button'))}</p>`)}`;
  const shown = page(say('confirm-title'), body, voice.language);
  return html(200, shown, {}, asked && askingOf(asked)?.thanks);
};

const confirm = async (services: Services, request: HttpRequest): Promise<HttpAnswer> => {
  const [facts, pending] = await read(services, request);
  if (pending.byForm.length > 0) await confirmAll(services.store, facts, pending);
  const now = await readPending(services.store, facts);
  if (!now) throw otherAddress();
  if (!wantsPage(request)) return statusOf(now);
  const asked = await formOf(services, pending);
  const thanks = now.contact.consent.email?.given && asked ? askingOf(asked)?.thanks : undefined;
  if (thanks !== undefined) return redirect(303, thanks);
  return settled(now, speakerOf(request, await services.catalogue.client(), asked));
};

export const createHandler = (context: FunctionContext): LambdaHandler => {
  const services = openServices(context);
  return httpHandler(
    context,
    { store: services.store, showRefusal },
    {
      'GET /confirm/{token}': (request) => show(services, request),
      'HEAD /confirm/{token}': (request) => show(services, request),
      'POST /confirm/{token}': (request) => confirm(services, request),
    },
  );
};
