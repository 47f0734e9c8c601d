import type { Send } from '#model/send';
import { main } from '../keys.ts';
import type { Store } from '../store.ts';
import { stepOfItem } from './steps.ts';

/** The steps that a run came through, with the answer it got where one was asked. */
export const passedSteps = async (
  store: Store,
  contact: string,
  run: string,
): Promise<{ step: string; branch?: number | undefined }[]> => {
  const pk = main.contactPk(contact);
  const [steps, sends] = await Promise.all([
    store.main.query({ pk, prefix: `T#${run}#` }),
    store.main.query({ pk, prefix: 'M#' }),
  ]);
  return [
    ...(sends as unknown as Send[]).filter((send) => send.run === run).map(({ step }) => ({ step })),
    ...steps
      .map(stepOfItem)
      .map(({ step, outcome, branch }) => ({ step, branch: outcome === 'answered' ? branch : undefined })),
  ];
};
