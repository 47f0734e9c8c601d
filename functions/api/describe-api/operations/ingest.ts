import type { SchemaName } from '../schemas.ts';
import { type Operation, operation } from './operation.ts';

const formMedia = ['application/json', 'application/x-www-form-urlencoded', 'multipart/form-data'];

const event = (names: readonly string[], schema: SchemaName, summary: string): Operation[] => {
  const stored: Operation['answers'] = { 200: { text: 'Stored', schema: 'EventAccepted' } };
  const inPart: Operation['answers'] = { 202: { text: 'The good ones are stored', schema: 'EventAccepted' } };
  return names.map((name) => ({
    method: 'POST',
    path: `/v1/${name}`,
    summary,
    access: 'writeKey',
    body: { schema },
    answers: schema === 'Batch' ? { ...stored, ...inPart } : stored,
  }));
};

export const ingestOperations: readonly Operation[] = [
  operation(
    'POST /v1/forms/{form}',
    'public',
    "Take a form's answers",
    {
      200: { text: "A browser's form post, where the form has no thank-you page: ours", media: 'text/html' },
      202: { text: 'Stored', schema: 'FormAccepted' },
      303: { text: "A browser's form post: to the form's own thank-you page" },
    },
    { body: { schema: 'FormPost', media: formMedia }, refuses: [403] },
  ),
  ...event(['track', 't'], 'Track', 'Something that a contact did'),
  ...event(['identify', 'i'], 'Identify', 'What is known of a contact'),
  ...event(['page', 'p'], 'Page', 'A page that a contact saw'),
  ...event(['screen', 's'], 'Screen', 'A screen of an app that a contact saw'),
  ...event(['group', 'g'], 'Group', 'The account that a contact belongs to'),
  ...event(['alias', 'a'], 'Alias', 'Another id of the same contact'),
  ...event(['batch', 'b', 'import'], 'Batch', 'Many events at once; good ones are kept, bad ones listed'),
  operation(
    'POST /v1/devices',
    'writeKey',
    'A device of a contact that takes push messages; an administrator’s token may stand in for the key',
    { 200: { text: 'Registered', schema: 'EventAccepted' } },
    { body: { schema: 'Device' }, refuses: [409] },
  ),
  operation(
    'DELETE /v1/devices',
    'writeKey',
    'A device that takes no more push messages',
    { 200: { text: 'Removed', schema: 'EventAccepted' } },
    { body: { schema: 'DeviceRemoval' } },
  ),
];
