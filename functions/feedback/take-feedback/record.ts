import { defineFunction } from '#aws/function-record';
import { changingGrants } from '#functions/contacts/grants';

export const record = defineFunction({
  name: 'take-feedback',
  room: 'feedback',
  description:
    'Takes what SES tells of mails and what people answer by text, and suppresses at once; answers STOP',
  triggers: [
    { kind: 'topic', topic: 'ses-events' },
    { kind: 'topic', topic: 'inbound-sms' },
    { kind: 'topic', topic: 'push-events' },
  ],
  grants: [
    ...changingGrants,
    { on: 'sms', actions: ['sns:Publish'] },
    { on: 'push-apps', actions: ['sns:GetEndpointAttributes'] },
  ],
  timeoutSeconds: 30,
  memoryMegabytes: 512,
});
