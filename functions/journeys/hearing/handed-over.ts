import { contactOf } from '#kernel/ids';
import type { ContactEvent } from '#model/event';
import { refuseStep } from '#store/runs/steps';
import type { Services } from '../services.ts';
import type { Entrance } from './enter.ts';

/** A run handed its contact to this journey: that is a trigger whatever else the journey listens to. */
export const isHandedTo = ({ handedBy, type, name }: ContactEvent, journey: string): boolean =>
  handedBy !== undefined && type === 'manual' && name === journey;

/** What the other journey said stands in the record of the step that asked. Harmless when said twice. */
export const tellHandingRun = async (
  { store }: Services,
  { handedBy }: ContactEvent,
  entrance: Entrance | undefined,
): Promise<void> => {
  if (!handedBy) return;
  const reason =
    entrance === undefined ? 'not-live' : entrance.kind === 'refused' ? entrance.reason : undefined;
  if (reason) await refuseStep(store, { ...handedBy, contact: contactOf(handedBy.run) }, reason);
};
