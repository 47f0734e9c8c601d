/** What stands at the head of messages, and in their subjects. */
const nameFields: ReadonlySet<string> = new Set(['firstName', 'lastName', 'name', 'company', 'title']);
const maxNameLength = 100;
const webAddress = /:\/\/|www\./i;

export interface NameRefusal {
  code: 'web-address' | 'too-long';
  message: string;
}

/**
 * Anybody may post a form, and the name in it is printed in a mail from the client's domain to whoever
 * was named: it must not carry a stranger's advertisement.
 */
export const refuseName = (field: string, value: unknown): NameRefusal | undefined => {
  if (!nameFields.has(field) || typeof value !== 'string') return undefined;
  if (webAddress.test(value)) return { code: 'web-address', message: 'must not hold a web address' };
  return value.length > maxNameLength
    ? { code: 'too-long', message: `must be at most ${maxNameLength} characters` }
    : undefined;
};
