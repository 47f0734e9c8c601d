import * as z from 'zod';
import type { FunctionContext, LambdaHandler } from '#aws/function-context';
import { iso } from '#kernel/clock';
import { parseExecutionName, type Run } from '#model/run';
import { getContact } from '#store/contacts/contacts';
import { endRun, readRun } from '#store/runs/runs';
import { continueRun } from '../running/continue-run.ts';
import { sceneOf } from '../running/scene.ts';
import { closeLastWait } from '../running/waits/close-wait.ts';
import { openServices, type Services } from '../services.ts';
import { BrokenVersion } from '../versions.ts';

/** EventBridge, "Step Functions Execution Status Change". */
const statusSchema = z.object({
  detail: z.object({
    name: z.string(),
    status: z.enum(['SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED']),
    output: z.string().nullish(),
    error: z.string().nullish(),
  }),
});
type Detail = z.infer<typeof statusSchema>['detail'];

export const createHandler = (context: FunctionContext): LambdaHandler => {
  const services = openServices(context);
  return async (event) => settleRun(services, statusSchema.parse(event).detail);
};

const settleRun = async (services: Services, detail: Detail): Promise<void> => {
  const name = parseExecutionName(detail.name);
  const run = name && (await readRun(services.store, name.run));
  // Ended by a goal or a rule before: the machine only came to its quiet end.
  if (!run || run.status === 'ended') return;
  // The run had left this execution for another.
  if (name.number !== (run.execution?.number ?? 1)) return;
  if (detail.status === 'TIMED_OUT' && (await goOn(services, run))) return;
  const ended = endOf(detail);
  if (ended.how === 'failed')
    services.context.log.error('run-failed', {
      run: run.id,
      journey: run.journey,
      status: detail.status,
      error: detail.error,
    });
  await closeWait(services, run);
  const result = await endRun(services.store, run, { ended, endedAt: iso(services.store.clock.now()) });
  if (result === 'changed') throw new Error('the run changed meanwhile; try again');
};

/** A year is over: the rest of the wait is waited for in another execution. */
const goOn = async (services: Services, run: Run): Promise<boolean> => {
  if (!run.wait || !(await canGoOn(services, run))) return false;
  return continueRun(services, run, { at: run.wait.step, visit: run.wait.visit });
};

const canGoOn = async ({ versions }: Services, run: Run): Promise<boolean> => {
  try {
    return (await versions.get(run.journey, run.version)).continues;
  } catch (error) {
    if (!(error instanceof BrokenVersion)) throw error;
    return false;
  }
};

/** What the leaf of the machine says; a machine that failed leaves its run to a person. */
const leafSchema = z.object({
  how: z.enum(['completed', 'exited', 'ended']),
  as: z.string().optional(),
  step: z.string().optional(),
});

const endOf = ({ status, output }: Detail): NonNullable<Run['ended']> => {
  if (status !== 'SUCCEEDED') return { how: 'failed' };
  const leaf = leafSchema.safeParse(parse(output));
  if (!leaf.success) return { how: 'completed' };
  const { how, as, step } = leaf.data;
  // The machine was told that the run had ended, and the run does not say so itself: its contact is gone.
  if (how === 'ended') return { how: 'erased' };
  return { how, ...(as !== undefined && { as }), ...(step !== undefined && { step }) };
};

const parse = (text: string | null | undefined): unknown => {
  try {
    return JSON.parse(text ?? 'null');
  } catch {
    return undefined;
  }
};

/** The last wait may have run out into the end of the journey. */
const closeWait = async (services: Services, run: Run): Promise<void> => {
  const contact = run.wait && (await getContact(services.store, run.contact));
  if (!contact) return;
  try {
    await closeLastWait(services, await sceneOf(services, run, contact));
  } catch (error) {
    // A run that failed because its version is broken must still come to its end.
    if (!(error instanceof BrokenVersion)) throw error;
  }
};
