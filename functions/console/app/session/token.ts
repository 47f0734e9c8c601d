const key = 'wayleaf.token';

/** The tab's own storage: other tabs have none of it, and it ends with the tab. */
export const keptToken = {
  read: (): string | undefined => sessionStorage.getItem(key) ?? undefined,
  keep: (token: string): void => sessionStorage.setItem(key, token),
  forget: (): void => sessionStorage.removeItem(key),
};

export type TokenFault = 'empty' | 'wrongForm';

/** What was pasted, without what copying brings along, or why it can be no token. */
export const readToken = (typed: string): { token: string } | { fault: TokenFault } => {
  const token = typed.trim().replace(/^Bearer\s+/i, '');
  if (token === '') return { fault: 'empty' };
  return /^[\x21-\x7e]{1,512}$/.test(token) ? { token } : { fault: 'wrongForm' };
};
