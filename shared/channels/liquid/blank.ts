/** Also what only looks like text: zero-width spaces, joiners, fillers, the empty Braille cell. */
const nothingToSee = /^[\s\p{Cc}\p{Default_Ignorable_Code_Point}\u2800]*$/u;

export const isBlankText = (value: unknown): boolean =>
  value === null || value === undefined || (typeof value === 'string' && nothingToSee.test(value));

export const isBlank = (value: unknown): boolean =>
  isBlankText(value) || (Array.isArray(value) && value.length === 0);
