import { StartExecutionCommand } from '@aws-sdk/client-sfn';
import type { FunctionContext } from './function-context.ts';

/** Calls `judge-click` in some seconds. Ids only; the same click waits once. */
export const startClickWindow = async (
  { aws, settings }: Pick<FunctionContext, 'aws' | 'settings'>,
  order: { contact: string; click: string },
): Promise<void> => {
  const { clickMachineArn: stateMachineArn } = settings;
  await aws.sfn.send(
    new StartExecutionCommand({ stateMachineArn, name: order.click, input: JSON.stringify(order) }),
  );
};
