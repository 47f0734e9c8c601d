import type { FunctionContext } from '#aws/function-context';
import { deliver } from '#channels/deliver';
import { addressOfLink } from '#channels/links';
import type { MessageOrder, ReadyMessage } from '#channels/order';
import { prepareMessage } from '#channels/prepare';
import { missingIn } from '#channels/skip';
import { iso } from '#kernel/clock';
import { durationMs } from '#kernel/durations';
import { derivedId, newId, runId, sendId } from '#kernel/ids';
import type { Client } from '#model/client';
import type { Contact } from '#model/contact';
import type { ContactEvent } from '#model/event';
import { askingOf } from '#model/form';
import type { CompiledTemplate } from '#model/journey';
import type { Send } from '#model/send';
import { voiceOf } from '#model/words/say';
import { isOfLostTime } from '#policy/sending/restored';
import { addressOf } from '#policy/sending/sending';
import type { Catalogue } from '#store/catalogue/catalogue';
import { readSending } from '#store/catalogue/sending';
import type { StoredTemplate } from '#store/catalogue/stored-template';
import { claimQuestion, type Question } from '#store/sends/confirmations';
import { readSend, type SendResult, settleSend, skipSend } from '#store/sends/sends';
import { addressMark } from '#store/sends/unanswered';
import type { Store } from '#store/store';
import { plainQuestion } from './confirmation-mail.ts';
import { giveUpClaim } from './give-up-claim.ts';

export interface Services {
  store: Store;
  catalogue: Catalogue;
  context: FunctionContext;
}

/** `later`: the provider surely took nothing; whoever hears the event again tries again. */
export type Asked = 'over' | 'later';

const maxAttempts = 8;
const usualMs = 30 * 86_400_000;

type Word = NonNullable<ContactEvent['consent']>[number];

/** After a no a form's yes asks too, though the form itself asks for no click. */
const mayAsk = ({ channel, given, pending, confirms, source }: Word): boolean =>
  pending || (given && !confirms && channel === 'email' && source.startsWith('form:'));

const askingWords = (event: ContactEvent): Word[] => (event.consent ?? []).filter(mayAsk);

/** The words of this event that the contact has not answered yet. */
const openKeys = ({ consent }: Contact, event: ContactEvent): string[] => {
  const keys = askingWords(event).flatMap(({ channel, topic }) =>
    topic === undefined ? [channel] : [channel, topic],
  );
  return [...new Set(keys)].filter((key) => consent[key]?.pending !== undefined);
};

const newSend = ({ store }: Services, event: ContactEvent, contact: string): Send => {
  const run = runId(contact, 'confirm', event.id);
  return {
    id: sendId(run, 'confirm', 1, 'email'),
    contact,
    run,
    // No journey can be named so: what becomes of these mails is counted by form.
    journey: `form:${event.name}`,
    ...{ version: 0, step: 'confirm', visit: 1, channel: 'email', status: 'claimed', attempts: 1 },
    at: iso(store.clock.now()),
    owner: newId(),
  };
};

/**
 * Asks the address that a form brought, by one mail through the same claim as any other: at most once for
 * each post, and one in a while for each address, whatever is posted. Harmless however often it is done.
 */
export const askConfirmation = async (
  services: Services,
  event: ContactEvent,
  contact: Contact,
): Promise<Asked> => {
  if (askingWords(event).length === 0) return 'over';
  const keys = openKeys(contact, event);
  const send = newSend(services, event, contact.id);
  if (keys.length === 0) return skipUnlessAnswered(services, send, contact);
  const { paused, restored } = await services.catalogue.cached('sending', () => readSending(services.store));
  // A new post asks again; what the lost world may have asked stays asked.
  if (isOfLostTime(restored, event.at)) return skip(services, send, 'restored');
  if (paused.all || paused.email) return 'later';
  const address = addressOf(contact, 'email');
  if (address === undefined) return skip(services, send, 'no-address');
  const prepared = await prepareMessage(await orderOf(services, { event, send, address }));
  if ('skip' in prepared) return skip(services, { ...send, ...missingIn(prepared) }, prepared.skip);
  const subject = prepared.message.channel === 'email' ? { subject: prepared.message.subject } : {};
  const { limits } = await services.catalogue.client();
  const post = { id: derivedId('post', event.contact, event.id), at: event.at };
  const asking = { address, keys, post, quietMs: durationMs(limits.unanswered) };
  return claimAndDeliver(services, { send: { ...send, ...subject }, ...asking }, prepared.message);
};

/** Nothing is open: agreed already, or may not be asked. Only the latter is worth a word. */
const skipUnlessAnswered = (services: Services, send: Send, { suppressed }: Contact): Promise<Asked> =>
  suppressed.email ? skip(services, send, 'suppressed') : Promise.resolve('over');

const skip = async ({ store }: Services, send: Send, reason: string): Promise<Asked> => {
  const { owner: _owner, attempts: _attempts, ...record } = send;
  await skipSend(store, { ...record, status: 'skipped', reason });
  return 'over';
};

const claimAndDeliver = async (
  services: Services,
  asking: Question,
  message: ReadyMessage,
): Promise<Asked> => {
  const claimed = await claimQuestion(services.store, asking);
  if (claimed.kind === 'refused') return skip(services, asking.send, claimed.reason);
  if (claimed.kind === 'found') {
    const { again, attempts = 1 } = claimed.send;
    if (!again || asking.send.attempts !== 1) return meetEarlier(services, claimed.send);
    return claimAndDeliver(
      services,
      { ...asking, send: { ...asking.send, attempts: attempts + 1 } },
      message,
    );
  }
  return report(services, asking.send, resultOf(asking.send, await deliver(message, services.context.aws)));
};

/** An earlier attempt whose fate nobody knows may have been accepted: the provider is never called again. */
const meetEarlier = async (services: Services, { id, contact }: Send): Promise<Asked> => {
  const send = await readSend(services.store, contact, id);
  if (send?.status === 'claimed') await giveUpClaim(services, send);
  return 'over';
};

const resultOf = ({ attempts = 1 }: Send, outcome: Awaited<ReturnType<typeof deliver>>): SendResult => {
  if (outcome.status === 'accepted') return { status: 'sent', providerId: outcome.providerId };
  if (outcome.status === 'unknown') return { status: 'indeterminate', reason: outcome.reason };
  const again = outcome.retryable && attempts < maxAttempts;
  return { status: 'failed', reason: outcome.reason, ...(again ? { again } : {}) };
};

const report = async ({ store, context }: Services, send: Send, result: SendResult): Promise<Asked> => {
  await settleSend(store, send, result);
  if (result.status === 'sent') return 'over';
  const fields = { send: send.id, journey: send.journey, step: send.step, reason: result.reason };
  context.log[result.status === 'indeterminate' ? 'error' : 'warn'](`send-${result.status}`, fields);
  return result.status === 'failed' && result.again ? 'later' : 'over';
};

const orderOf = async (
  { store, catalogue, context }: Services,
  { event, send, address }: { event: ContactEvent; send: Send; address: string },
): Promise<MessageOrder> => {
  const [form, client, keys] = await Promise.all([
    catalogue.form(event.name),
    catalogue.client(),
    store.keys(),
  ]);
  const asking = form && askingOf(form);
  const template = asking?.template === undefined ? undefined : await templateOf(catalogue, asking.template);
  const madeAt = Date.parse(event.at);
  const [asked] = askingWords(event);
  const until = asked?.until === undefined ? madeAt + usualMs : Date.parse(asked.until);
  const facts = { sendId: send.id, channel: 'email', madeAt, until };
  const mark = await addressMark(store, 'email', address);
  return {
    ...{ channel: 'email', sendId: send.id, contactId: send.contact, step: send.step },
    run: { id: send.run, journey: `form-${event.name}`, journeyName: form?.name ?? event.name, version: 0 },
    class: 'transactional',
    template: template ?? plainQuestion(voiceOf([form?.language], client.messages), client.brand.name),
    confirm: addressOfLink(keys.links, context.settings.baseUrl, 'confirm', { ...facts, address: mark }),
    ...(form?.language === undefined ? {} : { language: form.language }),
    // A stranger may have typed the rest, and must not write to anybody through us.
    contact: { email: address },
    data: { text: asked?.text ?? '' },
    client: untracked(client),
    settings: context.settings,
    keys: keys.links,
    now: store.clock.now(),
  };
};

const templateOf = async (catalogue: Catalogue, id: string): Promise<CompiledTemplate | undefined> =>
  (await catalogue.document<StoredTemplate>('template', id))?.compiled;

/** Nobody agreed yet to being followed. */
const untracked = (client: Client): Client => ({
  ...client,
  channels: { ...client.channels, email: { ...client.channels.email, tracking: false } },
});
