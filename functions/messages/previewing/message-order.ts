import { nobodysKeys, outsideOfRuns } from '#channels/measure-mail';
import type { MessageOrder } from '#channels/order';
import type { Client } from '#model/client';
import type { CompiledTemplate } from '#model/journey';
import type { PreviewRequest } from './request.ts';

/** Enough for most templates, and plainly nobody. */
export const exampleContact: Readonly<Record<string, unknown>> = {
  email: 'someone@example.com',
  phone: '+14155550123',
  firstName: 'Sam',
  lastName: 'Example',
  company: 'Example Inc.',
};

/** The message that a step with this template would make for this contact, outside of any run. */
export const messageOrder = (
  { language, data, results, trigger, class: kind }: PreviewRequest,
  given: {
    template: CompiledTemplate;
    contact: Readonly<Record<string, unknown>>;
    client: Client;
    settings: MessageOrder['settings'];
    now: number;
  },
): MessageOrder => ({
  ...outsideOfRuns(given.template.id),
  ...{ channel: given.template.channel, class: kind, ...given },
  trigger: { event: 'Example', properties: {}, ...trigger, type: 'track' },
  ...(language === undefined ? {} : { language }),
  ...{ data: data ?? {}, results: results ?? {} },
  keys: nobodysKeys,
});
