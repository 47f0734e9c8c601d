import * as z from 'zod';
import type { FunctionContext, LambdaHandler, Settings } from '#aws/function-context';
import { parseJson } from '#kernel/json';
import { createCatalogue } from '#store/catalogue/catalogue';
import { openStore } from '#store/store';
import { hearMessage, hearRejection } from '../hear-message.ts';
import type { Services } from './answer-sms.ts';
import { hearSms } from './hear-sms.ts';
import { inboundSmsSchema } from './inbound-sms.ts';
import { hearPush, pushEventSchema } from './push-event.ts';
import { rejectedBy, type SesEvent, sesEventSchema, toldBy } from './ses-event.ts';

/** Lambda's event of an SNS subscription. SNS checks nothing of what was published. */
const snsSchema = z.object({
  Records: z.array(
    z.object({
      EventSource: z.literal('aws:sns'),
      Sns: z.object({ MessageId: z.string(), TopicArn: z.string(), Message: z.string() }),
    }),
  ),
});

/** Only our topics may call us; this holds also where somebody has given more away. */
const isOwnTopic = (arn: string, { region, account }: Settings): boolean => {
  const [, , service, ofRegion, ofAccount] = arn.split(':');
  return service === 'sns' && ofRegion === region && ofAccount === account;
};

/** SNS carries at most 256 KB. */
const maxBytes = 256 * 1024;

/** SES writes the tag itself: mails of other senders in the account are none of ours. */
const isOwnMail = ({ mail }: SesEvent, { sesConfigurationSet }: Settings): boolean =>
  (mail.tags['ses:configuration-set'] ?? [sesConfigurationSet]).every((set) => set === sesConfigurationSet);

const hearSes = async ({ store, context }: Services, event: SesEvent): Promise<string> => {
  if (!isOwnMail(event, context.settings)) return 'foreign-configuration-set';
  if (event.eventType === 'Reject') return hearRejection(store, rejectedBy(event));
  const told = toldBy(event);
  return told ? hearMessage(store, told) : 'ignored';
};

const hear = async (services: Services, message: string): Promise<string> => {
  const { value, problem } = parseJson(message, { maxBytes });
  if (problem) return problem.code;
  const ses = sesEventSchema.safeParse(value);
  if (ses.success) return hearSes(services, ses.data);
  const sms = inboundSmsSchema.safeParse(value);
  if (sms.success) return hearSms(services, sms.data);
  const push = pushEventSchema.safeParse(value);
  return push.success ? hearPush(services, push.data) : 'not-understood';
};

const take = async (services: Services, event: unknown): Promise<void> => {
  const { log, settings } = services.context;
  const { data, success } = snsSchema.safeParse(event);
  if (!success) return log.warn('feedback-dropped', { reason: 'not-from-sns' });
  for (const { Sns } of data.Records) {
    const outcome = isOwnTopic(Sns.TopicArn, settings) ? await hear(services, Sns.Message) : 'foreign-topic';
    if (!['heard', 'repeated', 'ignored'].includes(outcome))
      log.warn('feedback-dropped', { message: Sns.MessageId, reason: outcome });
  }
};

export const createHandler = (context: FunctionContext): LambdaHandler => {
  const store = openStore(context);
  const services: Services = { store, catalogue: createCatalogue(store), context };
  return (event) => take(services, event);
};
