import type { Operation } from './operation.ts';

/** What browsers fetch before they send anything. */
export const websiteOperations: readonly Operation[] = [
  {
    method: 'GET',
    path: '/v1/wayleaf.js',
    summary: 'The web snippet: pages, events, forms and consent of a website',
    access: 'public',
    answers: { 200: { text: 'A script', media: 'text/javascript' } },
  },
  {
    method: 'GET',
    path: '/v1/projects/{writeKey}/settings',
    summary: "What Segment's browser library asks its `cdnURL`: where events go",
    access: 'public',
    answers: { 200: { text: 'Settings', schema: 'Anything' } },
  },
];
