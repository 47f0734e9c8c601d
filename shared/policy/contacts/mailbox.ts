/** Providers to whom dots in a mailbox mean nothing. */
const withoutDots: ReadonlySet<string> = new Set(['gmail.com', 'googlemail.com']);

/**
 * What several spellings of an address have in common where they most likely lead to one person's inbox.
 * For counting only: nobody is written to, or found, by it.
 * @param email normalised
 */
export const mailboxOf = (email: string): string => {
  const at = email.lastIndexOf('@');
  const [local = '', domain = ''] = [email.slice(0, at), email.slice(at + 1)];
  const plain = local.replace(/\+.*$/s, '') || local;
  return withoutDots.has(domain) ? `${plain.replaceAll('.', '')}@gmail.com` : `${plain}@${domain}`;
};
