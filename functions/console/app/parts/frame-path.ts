/** The empty document with a policy of its own (`infra/console/headers.ts`). */
export const framePath = '/frame.html';
