import { nearest } from '#kernel/nearest';
import type { Stages } from '#model/contact-rules';

export interface StageRefusal {
  code: 'unknown-stage' | 'stage-not-allowed';
  message: string;
}

const quoted = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(', ');

/**
 * May a contact of stage `from` come to stage `to`? One that has none, or one that the client no longer
 * knows, may come to any.
 */
export const refuseMove = (
  stages: Stages | undefined,
  from: string | undefined,
  to: string,
): StageRefusal | undefined => {
  if (!stages || from === to) return undefined;
  const known = Object.keys(stages);
  if (!Object.hasOwn(stages, to)) return unknown(to, known);
  const allowed = from !== undefined && Object.hasOwn(stages, from) ? stages[from]!.to : undefined;
  if (!allowed || allowed.includes(to)) return undefined;
  const message =
    allowed.length > 0
      ? `A contact of stage "${from}" may go to ${quoted(allowed)}, not to "${to}".`
      : `No stage follows "${from}", so a contact of it cannot go to "${to}".`;
  return { code: 'stage-not-allowed', message };
};

const unknown = (to: string, known: readonly string[]): StageRefusal => {
  const meant = nearest(to, known);
  const hint = meant === undefined ? '' : ` Did you mean "${meant}"?`;
  return { code: 'unknown-stage', message: `There is no stage "${to}".${hint} Stages: ${quoted(known)}.` };
};
