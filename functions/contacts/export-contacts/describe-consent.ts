import type { Contact } from '#model/contact';

/** What the contact said itself about a channel or topic; nothing where it said nothing, or was only asked. */
export const describeConsent = ({ consent }: Contact, key: string): string => {
  const word = Object.hasOwn(consent, key) ? consent[key] : undefined;
  if (!word) return '';
  if (word.given) return 'yes';
  return 'pending' in word && word.pending ? '' : 'no';
};
