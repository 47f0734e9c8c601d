import type { FunctionContext, LambdaHandler } from '#aws/function-context';
import type { HttpAnswer } from '#http/answer';
import { type FormValues, formBody } from '#http/form-body';
import { httpHandler } from '#http/handler';
import { escapeHtml } from '#http/page';
import type { HttpRequest } from '#http/request';
import type { Word } from '#model/words/en';
import type { ConsentWord } from '#policy/contacts/consent';
import { changeConsent } from '../change-consent.ts';
import { noToAll } from '../leaving-all.ts';
import { awayIsLater } from '../link-facts.ts';
import { button, form, paragraph, readerPage, showRefusal } from '../pages.ts';
import { openServices, type Reader, readReader, type Services } from '../reader.ts';
import { type Choice, choicesOf, fieldOf, shownBy, shownField, wordsOf } from './choices.ts';

const gone = (reader: Reader): HttpAnswer =>
  readerPage(reader, 'nothing-title', paragraph(reader.voice.say('nothing-text')));

const hidden = (name: string, value: string): string =>
  `<input type="hidden" name="${name}" value="${escapeHtml(value)}">`;

const box = ({ client, voice }: Reader, choice: Choice): string => {
  const about = choice.topic === undefined ? undefined : client.topics[choice.topic];
  const name =
    choice.topic === undefined ? voice.say(`channel-${choice.channel}`) : (about?.name ?? choice.topic);
  const field = escapeHtml(fieldOf(choice));
  const description = about?.description;
  const [mark, text] =
    description === undefined
      ? ['', '']
      : [
          ` aria-describedby="about-${field}"`,
          `<span class="about" id="about-${field}">${escapeHtml(description)}</span>`,
        ];
  return `<div class="box"><input type="checkbox" id="${field}" name="${field}" value="yes"${choice.given ? ' checked' : ''}${mark}><div><label for="${field}">${escapeHtml(name)}</label>${text}</div></div>`;
};

const group = (reader: Reader, legend: Word, choices: readonly Choice[]): string =>
  choices.length === 0
    ? ''
    : `<fieldset><legend>${escapeHtml(reader.voice.say(legend))}</legend>${choices.map((choice) => box(reader, choice)).join('')}</fieldset>`;

const choicesIn = ({ client, contact }: Reader): Choice[] => (contact ? choicesOf(client, contact) : []);

/** @param done markup: what was just saved */
const choosing = (reader: Reader, title: Word, done = ''): HttpAnswer => {
  const { say } = reader.voice;
  const choices = choicesIn(reader);
  if (choices.length === 0) return gone(reader);
  // An empty form has no body at all; the marker keeps "nothing ticked" apart from "nothing sent".
  const markers = hidden('saved', 'yes') + hidden(shownField, shownBy(choices));
  const channels = group(
    reader,
    'preferences-channels',
    choices.filter(({ topic }) => topic === undefined),
  );
  const topics = group(
    reader,
    'preferences-topics',
    choices.filter(({ topic }) => topic !== undefined),
  );
  const chosen = form(`${topics}${channels}${markers}<p>${button(say('preferences-save'))}</p>`);
  const leave = button(say('unsubscribe-all-button'), 'scope', 'all', true);
  const all = `<div class="all">${paragraph(say('preferences-all'))}${form(leave)}</div>`;
  const intro = paragraph(say('preferences-intro', { brand: reader.client.brand.name }));
  return readerPage(reader, title, `${done}${intro}${chosen}${all}`);
};

const show = async (services: Services, request: HttpRequest): Promise<HttpAnswer> =>
  choosing(await readReader(services, 'preferences', request), 'preferences-title');

const wished = (reader: Reader, values: FormValues): ConsentWord[] =>
  values.get('scope')?.includes('all')
    ? noToAll(reader.contact, reader.facts.channel, 'preferences')
    : wordsOf(choicesIn(reader), values);

const save = async (services: Services, request: HttpRequest): Promise<HttpAnswer> => {
  const reader = await readReader(services, 'preferences', request);
  const values = await formBody(request);
  if (!reader.contact) return gone(reader);
  await awayIsLater(changeConsent(services.store, reader.facts, wished(reader, values)));
  const now = await readReader(services, 'preferences', request);
  const isLeft = !choicesIn(now).some(({ topic, given }) => topic === undefined && given);
  const text = now.voice.say(isLeft ? 'saved-none-text' : 'saved-text', { brand: now.client.brand.name });
  return choosing(now, 'saved-title', `<div class="done" role="status">${paragraph(text)}</div>`);
};

export const createHandler = (context: FunctionContext): LambdaHandler => {
  const services = openServices(context);
  return httpHandler(
    context,
    { store: services.store, showRefusal },
    {
      'GET /p/{token}': (request) => show(services, request),
      'HEAD /p/{token}': (request) => show(services, request),
      'POST /p/{token}': (request) => save(services, request),
    },
  );
};
