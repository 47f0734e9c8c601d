import type { Role } from '#model/role';

/** What somebody may do in the console, and from which role on. */
export interface Act {
  /** What the API is asked for; none where any website may ask it. */
  route?: `${string} /v1/${string}`;
  needs: Role;
  /** Its page, with ids in braces. */
  at: string;
  /** From which role on the page itself is shown (default: every role). */
  page?: Role;
  /** Its button or link; without one the whole page is the act. */
  button?: string;
  /** Roles below it see the button and are told who may (default), or do not see it. */
  below?: 'told' | 'hidden';
}

const author = { needs: 'author', page: 'author' } as const;
const publisher = { needs: 'publisher' } as const;
const admin = { needs: 'admin', page: 'admin' } as const;

/** One line for each act. A button that a role is refused and no line tells of fails the test. */
export const acts: readonly Act[] = [
  {
    route: 'PUT /v1/journeys/{id}',
    needs: 'author',
    at: '/journeys',
    button: 'New journey',
    below: 'hidden',
  },
  { route: 'PUT /v1/journeys/{id}', ...author, at: '/journeys/{live}/edit', button: 'Save draft' },
  { route: 'POST /v1/journeys/check', ...author, at: '/journeys/new', button: 'Save draft' },
  { route: 'POST /v1/journeys/simulate', ...author, at: '/journeys/{live}/try', button: 'Walk' },
  { route: 'POST /v1/journeys/{id}/publish', ...publisher, at: '/journeys/{draft}', button: 'Publish' },
  { route: 'POST /v1/journeys/{id}/pause', ...publisher, at: '/journeys/{live}', button: 'Pause' },
  { route: 'POST /v1/journeys/{id}/archive', ...publisher, at: '/journeys/{live}', button: 'Archive' },
  { route: 'POST /v1/journeys/{id}/resume', ...publisher, at: '/journeys/{paused}', button: 'Resume' },
  { route: 'PUT /v1/templates/{id}', needs: 'author', at: '/templates/self-serve', button: 'Save' },
  { route: 'DELETE /v1/templates/{id}', needs: 'author', at: '/templates/self-serve', button: 'Remove' },
  { route: 'POST /v1/templates/{id}/preview', ...author, at: '/templates/new' },
  {
    ...{ route: 'POST /v1/templates/{id}/test', needs: 'author', at: '/templates/self-serve' },
    ...{ button: 'Send a test', below: 'hidden' },
  },
  { route: 'PUT /v1/forms/{id}', ...publisher, at: '/forms/demo-request', button: 'Save' },
  { route: 'DELETE /v1/forms/{id}', ...publisher, at: '/forms/demo-request', button: 'Remove' },
  { ...publisher, at: '/forms/demo-request', button: 'Post it' },
  { route: 'PUT /v1/segments/{id}', ...publisher, at: '/segments/dormant', button: 'Save' },
  { route: 'DELETE /v1/segments/{id}', ...publisher, at: '/segments/dormant', button: 'Remove' },
  { route: 'POST /v1/segments/estimate', needs: 'author', at: '/segments/dormant' },
  { route: 'PUT /v1/segments/{id}', ...publisher, at: '/segments', button: 'New segment', below: 'hidden' },
  {
    route: 'PATCH /v1/contacts/{id}',
    ...publisher,
    page: 'author',
    at: '/contacts/{ada}/data',
    button: 'Save',
  },
  {
    ...{ route: 'PATCH /v1/contacts/{id}', ...publisher, page: 'author' },
    ...{ at: '/contacts/{ada}/consent', button: 'Take back email' },
  },
  {
    ...{ route: 'PATCH /v1/contacts/{id}', ...publisher, page: 'author' },
    ...{ at: '/contacts/{ada}/consent', button: 'Record a yes' },
  },
  {
    ...{ route: 'GET /v1/contacts/export', ...publisher, page: 'author' },
    ...{ at: '/contacts', button: 'All as CSV', below: 'hidden' },
  },
  { route: 'DELETE /v1/contacts/{id}', ...publisher, page: 'author', at: '/contacts/{ada}', button: 'Erase' },
  {
    ...{ route: 'GET /v1/contacts/{id}/export', ...publisher, page: 'author' },
    ...{ at: '/contacts/{ada}', button: 'Export' },
  },
  {
    ...{ route: 'POST /v1/contacts/import', ...publisher, page: 'author' },
    ...{ at: '/contacts', button: 'Import', below: 'hidden' },
  },
  {
    route: 'PUT /v1/imports/{id}/parts/{number}',
    needs: 'publisher',
    page: 'publisher',
    at: '/contacts/import',
  },
  { route: 'POST /v1/imports/{id}/continue', needs: 'publisher', page: 'publisher', at: '/contacts/import' },
  { route: 'POST /v1/tasks/{id}/outcome', ...author, at: '/tasks', button: 'reached' },
  {
    ...{ route: 'POST /v1/quarantine/{id}/replay', ...publisher, page: 'author' },
    ...{ at: '/quarantine', button: 'Replay' },
  },
  { route: 'DELETE /v1/quarantine/{id}', ...publisher, page: 'author', at: '/quarantine', button: 'Drop' },
  { route: 'POST /v1/tokens', ...admin, at: '/settings/tokens', button: 'New token' },
  { route: 'POST /v1/tokens/{id}/rotate', ...admin, at: '/settings/tokens', button: 'Rotate' },
  { route: 'DELETE /v1/tokens/{id}', ...admin, at: '/settings/tokens', button: 'Revoke' },
  { route: 'GET /v1/audit', ...admin, at: '/audit' },
];

/** What changes something and is asked by programs and the command line only. */
export const elsewhere: readonly string[] = [
  ...['PUT /v1/layouts/{id}', 'DELETE /v1/layouts/{id}', 'PUT /v1/partials/{id}', 'DELETE /v1/partials/{id}'],
  ...['POST /v1/contacts/{id}/merge', 'POST /v1/journeys/{id}/enroll', 'POST /v1/enrolments/{id}/stop'],
  ...['POST /v1/sending/pause', 'POST /v1/sending/resume', 'POST /v1/replay'],
  ...['PUT /v1/reports/costs', 'PUT /v1/reports/mail', 'POST /v1/reports/rebuild'],
  ...['POST /v1/keys/rotate', 'PUT /v1/secrets/{name}', 'DELETE /v1/secrets/{name}'],
];
