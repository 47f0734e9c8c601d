import { type Operation, operation } from './operation.ts';

/** What browsers fetch before they send anything. */
export const websiteOperations: readonly Operation[] = [
  operation(
    'GET /v1/wayleaf.js',
    'public',
    'The web snippet: pages, events, forms and consent of a website',
    { 200: { text: 'A script', media: 'text/javascript' }, 304: { text: 'It is what `If-None-Match` says' } },
  ),
  operation(
    'GET /v1/projects/{writeKey}/settings',
    'public',
    "What Segment's browser library asks its `cdnURL`: where events go",
    { 200: { text: 'Settings', schema: 'SourceSettings' } },
  ),
];
