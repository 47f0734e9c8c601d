/** One call to somebody else's server. */
export interface WebRequest {
  url: string;
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Names in lower case. */
  headers: Readonly<Record<string, string>>;
  body?: string;
}

export type WebAnswer =
  | { kind: 'answered'; status: number; body: Uint8Array }
  /** Nothing was sent, and never will be. */
  | { kind: 'refused'; reason: 'private-address' | 'not-https' | 'too-many-redirects' }
  /** It may have been received; another call of the same key is safe. */
  | { kind: 'failed'; reason: 'timeout' | 'not-reached' | 'broken-off' }
  | { kind: 'too-large' };

/** Handed in, like a client of AWS: on one machine nothing leaves it unless somebody says so. */
export interface Web {
  call(request: WebRequest): Promise<WebAnswer>;
}
