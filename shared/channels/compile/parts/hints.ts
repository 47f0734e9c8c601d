import { nearest } from '#kernel/nearest';

/** Which of the known names was meant, else which there are. */
export const hintOf = (name: string, known: readonly string[]): string | undefined => {
  const near = nearest(name, known);
  if (near !== undefined) return `did you mean "${near}"?`;
  return known.length > 0 ? `there are ${known.map((each) => `"${each}"`).join(', ')}` : undefined;
};

export const unknownPart = (
  what: 'layout' | 'partial',
  id: string,
  known: ReadonlyMap<string, unknown>,
): { message: string; hint: string } => ({
  message: `there is no ${what} "${id}"`,
  hint: hintOf(id, [...known.keys()]) ?? `write it as ${what}s/${id}.json, or PUT it to /v1/${what}s/${id}`,
});
