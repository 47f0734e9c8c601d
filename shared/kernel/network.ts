/** Codes of errors after which nothing was sent. A reset or a timeout is not here: the bytes may have arrived. */
export const unreachedCodes: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);
