import type { FunctionContext, LambdaHandler } from '#aws/function-context';
import { deliver } from '#channels/deliver';
import type { EmailMessage, MessageOrder } from '#channels/order';
import { prepareMessage, spoken } from '#channels/prepare';
import { harmless } from '#channels/preview';
import { type HttpAnswer, json } from '#http/answer';
import { jsonBodyOf } from '#http/body';
import { httpHandler } from '#http/handler';
import { tooMany } from '#http/limit';
import { type HttpRequest, parameter } from '#http/request';
import { Refusal } from '#kernel/errors';
import { contactOf, newId } from '#kernel/ids';
import type { Client } from '#model/client';
import { normaliseEmail } from '#policy/contacts/identity';
import { mayGetTests } from '#policy/sending/test-address';
import { createCatalogue } from '#store/catalogue/catalogue';
import { countOne } from '#store/contacts/limits';
import { readSuppressions } from '#store/contacts/suppressions';
import { openStore } from '#store/store';
import { orderOf, type Services } from '../previewing/order.ts';
import { testSchema } from '../previewing/request.ts';

const maxBytes = 2 * 1024 * 1024;
const dayMs = 86_400_000;

const send = async (services: Services, request: HttpRequest): Promise<HttpAnswer> => {
  const { to, ...asked } = jsonBodyOf(request, testSchema, maxBytes);
  await services.catalogue.renew();
  const client = await services.catalogue.client();
  const address = normaliseEmail(to) ?? to;
  await requireAllowed(services, client, address);
  const { order } = await orderOf(services, parameter(request, 'id'), asked);
  const message = await messageOf(marked(order, address));
  await countIt(services, client, address);
  return json(200, {
    status: 'sent',
    to: address,
    subject: message.subject,
    providerId: await sent(services, message),
  });
};

const requireAllowed = async ({ store }: Services, client: Client, address: string): Promise<void> => {
  if (!mayGetTests(client, address))
    throw new Refusal(
      403,
      'not-a-test-address',
      'Test mails go only to people whom client.json names: in testSends.to, teams, alarm, sender.replyTo or brand.supportEmail.',
    );
  const known = await readSuppressions(store, [{ channel: 'email', address }]);
  if (known.email)
    throw new Refusal(409, 'suppressed', `Nothing is sent to this address any more: ${known.email.reason}.`);
};

/** Its id belongs to nobody, so that what providers tell of it is told of no contact and no journey. */
const marked = (order: MessageOrder, to: string): MessageOrder => {
  const ready = spoken(harmless(order));
  const subject = `[Test] ${ready.template?.subject ?? ''}`;
  return { ...ready, to, subject, sendId: `${contactOf(ready.sendId)}-${newId()}` };
};

const messageOf = async (order: MessageOrder): Promise<EmailMessage> => {
  if (order.channel !== 'email')
    throw new Refusal(422, 'not-a-mail', 'Only mails can be sent as a test; look at texts in a preview.');
  const prepared = await prepareMessage(order);
  if ('skip' in prepared)
    throw new Refusal(422, prepared.skip, `This contact would get nothing: ${prepared.detail}.`);
  return prepared.message as EmailMessage;
};

/** Before it is sent: whoever has the token, or a script gone wild, writes to nobody without end. */
const countIt = async ({ store }: Services, { name, testSends }: Client, address: string): Promise<void> => {
  const whole = { what: 'test-send', who: name, atMost: testSends.perDay, perMs: dayMs };
  const one = { who: address, atMost: Math.max(1, Math.ceil(testSends.perDay / 5)) };
  const wait = await countOne(store, whole, one);
  if (wait !== undefined)
    throw tooMany(
      wait,
      'too-many-test-sends',
      `No more than ${whole.atMost} test mails a day, ${one.atMost} to one address (testSends.perDay in client.json).`,
    );
};

const sent = async ({ context }: Services, message: EmailMessage): Promise<string> => {
  const outcome = await deliver(message, context.aws);
  if (outcome.status === 'accepted') return outcome.providerId;
  const isSure = outcome.status === 'refused';
  context.log.warn('test-send-failed', { reason: outcome.reason });
  throw new Refusal(
    503,
    isSure ? 'not-accepted' : 'unknown-outcome',
    isSure
      ? `SES did not take it: ${outcome.reason}.`
      : `SES did not answer (${outcome.reason}): it may have been sent. Look into the mailbox before you send it again.`,
  );
};

export const createHandler = (context: FunctionContext): LambdaHandler => {
  const store = openStore(context);
  const services = { store, catalogue: createCatalogue(store), context };
  return httpHandler(context, { store }, (request) => send(services, request));
};
