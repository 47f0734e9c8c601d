import { StartExecutionCommand } from '@aws-sdk/client-sfn';
import { executionInput, executionName, type Run } from '#model/run';
import { activateRun } from '#store/runs/runs';
import type { Services } from '../services.ts';
import type { FrozenVersion } from '../versions.ts';

/** Named by the run (and which of its executions it is), so that starting it twice is harmless. */
export const startRun = async (
  { store, context }: Services,
  run: Run,
  { versionArn }: Pick<FrozenVersion, 'versionArn'>,
): Promise<void> => {
  const [name, input] = [executionName(run), executionInput(run)];
  try {
    await context.aws.sfn.send(new StartExecutionCommand({ stateMachineArn: versionArn, name, input }));
  } catch (error) {
    if ((error as Error).name !== 'ExecutionAlreadyExists') throw error;
  }
  await activateRun(store, run.id);
};
