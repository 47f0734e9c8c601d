/** Secrets Manager puts a hyphen and six characters behind a name; here they are always the same. */
export const ownName = (name: string): string => `${name}-000000`;
