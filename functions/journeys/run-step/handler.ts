import middy from '@middy/core';
import * as z from 'zod';
import type { FunctionContext, LambdaHandler } from '#aws/function-context';
import { describeError } from '#http/problem';
import { Ended, Held } from '#kernel/errors';
import { documentId } from '#model/document-text';
import { executionNamePattern, parseExecutionName } from '#model/run';
import { continueIfOld } from '../running/continue-run.ts';
import { doStep } from '../running/do-step.ts';
import type { StepAnswer } from '../running/kept-answer.ts';
import { loadScene, type Scene } from '../running/scene.ts';
import { startHold } from '../running/waits/hold.ts';
import { secondsOf, startWait } from '../running/waits/wait-step.ts';
import { type Lifetime, openServices, type Services } from '../services.ts';
import { BrokenVersion } from '../versions.ts';

/** What a compiled machine sends; see `statemachines/compile`. */
const callSchema = z.object({
  /** Name of the execution: leads to the run. */
  run: z.string().regex(executionNamePattern),
  do: documentId.optional(),
  due: documentId.optional(),
  wait: documentId.optional(),
  hold: documentId.optional(),
  token: z.string().min(1).optional(),
  visit: z.number().int().min(1).optional(),
});
export type StepCall = z.input<typeof callSchema>;
export type StepResult = StepAnswer & { seconds?: number };

/** The errors `Held` and `Ended` are answers that the machine knows; anything else it tries again. */
export const createHandler = (context: FunctionContext, lifetime?: Partial<Lifetime>): LambdaHandler => {
  const services = openServices(context, lifetime);
  return middy(async (event: unknown) => runCall(services, callSchema.parse(event))).onError(
    ({ error, event }) => {
      if (error instanceof Held || error instanceof Ended) return;
      const why = error instanceof BrokenVersion ? { message: error.message } : {};
      context.log.error('step-failed', { run: runOf(event), ...describeError(error), ...why });
    },
  ) as unknown as LambdaHandler;
};

const runOf = (event: unknown): unknown => (event as { run?: unknown } | null)?.run;

type Call = z.infer<typeof callSchema>;

const runCall = async (services: Services, call: Call): Promise<StepResult> => {
  const { visit = 1 } = call;
  const name = parseExecutionName(call.run)!;
  const loaded = await loadScene(services, name, { visit, maySend: call.do !== undefined });
  const scene: Scene = { ...loaded, ownWait: call.wait ?? call.due };
  const step = (id: string) => scene.version.step(id);
  if (call.wait !== undefined && call.token !== undefined)
    scene.ahead = { step: step(call.wait), token: call.token };
  await leaveOldExecution(services, scene, call);
  const result: StepResult = call.do === undefined ? {} : await doStep(services, scene, step(call.do));
  // A machine with loops takes the visit from each answer to a jump, also where none is begun.
  if (call.visit !== undefined) result.visit ??= visit;
  if (call.due !== undefined) result.seconds = await secondsOf(services, scene, step(call.due));
  if (call.token !== undefined && call.hold !== undefined)
    await startHold(services, scene, call.hold, call.token);
  else if (call.token !== undefined && call.wait !== undefined)
    await startWait(services, scene, step(call.wait), call.token);
  return result;
};

const leaveOldExecution = async (services: Services, scene: Scene, call: Call): Promise<void> => {
  const at = call.do ?? call.wait ?? call.due ?? call.hold;
  const wait = call.wait ?? call.due;
  if (at === undefined || (wait ?? call.hold) === undefined) return;
  await continueIfOld(services, scene, {
    at,
    wait: wait === undefined ? undefined : scene.version.step(wait),
    until: call.hold === undefined ? undefined : scene.run.held?.until,
  });
};
