import { nearest } from '#kernel/nearest';
import { oneOf } from '#kernel/words';

/** "did you mean …?", else the list of what is allowed. */
export const suggest = (name: string, allowed: readonly string[], otherwise?: string): string | undefined => {
  const meant = nearest(name, allowed);
  if (meant !== undefined) return `did you mean "${meant}"?`;
  return otherwise ?? (allowed.length > 0 && allowed.length <= 24 ? `write ${oneOf(allowed)}` : undefined);
};
