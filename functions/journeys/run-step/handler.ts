import middy from '@middy/core';
import { z } from 'zod';
import type { FunctionContext, LambdaHandler } from '#aws/function-context';
import { describeError } from '#http/problem';
import { Ended, Held } from '#kernel/errors';
import { documentId } from '#model/document-text';
import { doStep, type StepAnswer } from '../running/do-step.ts';
import { startHold } from '../running/hold.ts';
import { loadScene } from '../running/scene.ts';
import { openServices, type Services } from '../running/services.ts';
import { BrokenVersion } from '../running/versions.ts';
import { secondsOf, startWait } from '../running/wait-step.ts';

/** What a compiled machine sends; see `statemachines/compile`. */
const callSchema = z.object({
  run: z.string().regex(/^[0-9a-z]{20}-[0-9a-z]{20}$/),
  do: documentId.optional(),
  due: documentId.optional(),
  wait: documentId.optional(),
  hold: documentId.optional(),
  token: z.string().min(1).optional(),
  visit: z.number().int().min(1).default(1),
});
export type StepCall = z.input<typeof callSchema>;
export type StepResult = StepAnswer & { seconds?: number };

/** The errors `Held` and `Ended` are answers that the machine knows; anything else it tries again. */
export const createHandler = (context: FunctionContext): LambdaHandler => {
  const services = openServices(context);
  return middy(async (event: unknown) => runCall(services, callSchema.parse(event))).onError(
    ({ error, event }) => {
      if (error instanceof Held || error instanceof Ended) return;
      const why = error instanceof BrokenVersion ? { message: error.message } : {};
      context.log.error('step-failed', { run: runOf(event), ...describeError(error), ...why });
    },
  ) as unknown as LambdaHandler;
};

const runOf = (event: unknown): unknown => (event as { run?: unknown } | null)?.run;

const runCall = async (services: Services, call: z.infer<typeof callSchema>): Promise<StepResult> => {
  const scene = { ...(await loadScene(services, call.run, call.visit)), ownWait: call.wait };
  const step = (id: string) => scene.version.step(id);
  const result: StepResult = call.do === undefined ? {} : await doStep(services, scene, step(call.do));
  if (call.due !== undefined) result.seconds = await secondsOf(services, scene, step(call.due));
  if (call.token !== undefined && call.hold !== undefined)
    await startHold(services, scene, call.hold, call.token);
  else if (call.token !== undefined && call.wait !== undefined)
    await startWait(services, scene, step(call.wait), call.token);
  return result;
};
