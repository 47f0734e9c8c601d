import { defineFunction } from '#aws/function-record';
import { changingGrants } from '#functions/contacts/grants';

export const record = defineFunction({
  name: 'register-device',
  room: 'ingest',
  description: 'Makes a device that takes push messages one of a contact, and of nobody else',
  triggers: [
    { kind: 'http', method: 'POST', path: '/v1/devices', access: 'public' },
    { kind: 'http', method: 'DELETE', path: '/v1/devices', access: 'public' },
    { kind: 'http', method: 'OPTIONS', path: '/v1/devices', access: 'public' },
  ],
  grants: [
    ...changingGrants,
    {
      on: 'push-apps',
      actions: [
        'sns:CreatePlatformEndpoint',
        'sns:GetEndpointAttributes',
        'sns:SetEndpointAttributes',
        'sns:DeleteEndpoint',
      ],
    },
  ],
  timeoutSeconds: 29,
  memoryMegabytes: 512,
});
