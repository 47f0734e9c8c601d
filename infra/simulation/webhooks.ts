import { sendId } from '#kernel/ids';
import type { Journey } from '#statemachines/document/schema';
import { allSteps } from '#statemachines/steps/sequences';
import type { Web } from '#web/web';
import { answered } from '../local/played-web.ts';
import { runOf } from './lots.ts';
import type { Walk } from './walk.ts';

/** Loops come by a webhook again; more rounds than this answer as if nothing was written. */
const rounds = 50;

/** Nothing is called: a webhook answers what the walk says of its step, else `{}`. */
export const playWebhooks = (document: Journey, people: readonly { walk: Walk; id: string }[]): Web => {
  const steps = allSteps(document.steps).filter(({ type }) => type === 'webhook');
  const answers = new Map<string, unknown>();
  for (const { walk, id } of people)
    for (const { id: step } of steps)
      if (walk.answers && Object.hasOwn(walk.answers, step))
        for (let visit = 1; visit <= rounds; visit++)
          answers.set(sendId(runOf(document, walk, id), step, visit, 'webhook'), walk.answers[step]);
  return {
    call: async ({ headers }) => answered(200, answers.get(headers['idempotency-key'] ?? '') ?? {}),
  };
};
