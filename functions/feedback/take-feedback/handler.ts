import middy from '@middy/core';
import { z } from 'zod';
import type { FunctionContext, LambdaHandler, Log } from '#aws/function-context';
import { contactOf } from '#kernel/ids';
import { parseJson } from '#kernel/json';
import { rejectSend } from '#store/sends/evidence';
import { readSend } from '#store/sends/sends';
import { openStore, type Store } from '#store/store';
import { hearMessage } from '../hear-message.ts';
import { hearSms } from './hear-sms.ts';
import { inboundSmsSchema } from './inbound-sms.ts';
import { type SesEvent, sesEventSchema, toldBy } from './ses-event.ts';

/** Lambda's event of an SNS subscription. SNS checks nothing of what was published. */
const snsSchema = z.object({
  Records: z.array(z.object({ Sns: z.object({ MessageId: z.string(), Message: z.string() }) })),
});

/** SNS carries at most 256 KB. */
const maxBytes = 256 * 1024;

const hearReject = async (store: Store, event: SesEvent): Promise<string> => {
  const sendId = event.mail.tags.sendId?.[0] ?? '';
  const send = await readSend(store, contactOf(sendId), sendId);
  if (!send || (send.providerId !== undefined && send.providerId !== event.mail.messageId)) return 'unknown';
  await rejectSend(store, send, 'rejected');
  return 'heard';
};

const hearSes = async (store: Store, event: SesEvent): Promise<string> => {
  if (event.eventType === 'Reject') return hearReject(store, event);
  const told = toldBy(event);
  return told ? hearMessage(store, told) : 'ignored';
};

const hear = async (store: Store, message: string): Promise<string> => {
  const { value, problem } = parseJson(message, { maxBytes });
  if (problem) return problem.code;
  const ses = sesEventSchema.safeParse(value);
  if (ses.success) return hearSes(store, ses.data);
  const sms = inboundSmsSchema.safeParse(value);
  return sms.success ? hearSms(store, sms.data) : 'not-understood';
};

const take = async (store: Store, log: Log, event: unknown): Promise<void> => {
  const { data, success } = snsSchema.safeParse(event);
  if (!success) return log.warn('feedback-dropped', { reason: 'not-from-sns' });
  for (const { Sns } of data.Records) {
    const outcome = await hear(store, Sns.Message);
    if (!['heard', 'repeated', 'ignored'].includes(outcome))
      log.warn('feedback-dropped', { message: Sns.MessageId, reason: outcome });
  }
};

export const createHandler = (context: FunctionContext): LambdaHandler => {
  const store = openStore(context);
  return middy(async (event: unknown) => take(store, context.log, event)) as unknown as LambdaHandler;
};
