import { SendTaskFailureCommand, SendTaskSuccessCommand, type SFNClient } from '@aws-sdk/client-sfn';

/** Step Functions says these of a token whose task is already over: somebody, or the time, was first. */
const over: ReadonlySet<string> = new Set(['TaskTimedOut', 'TaskDoesNotExist', 'InvalidToken']);

const unlessOver = async (call: Promise<unknown>): Promise<boolean> => {
  try {
    await call;
    return true;
  } catch (error) {
    if (over.has((error as Error).name)) return false;
    throw error;
  }
};

/** The run goes on. `answer`: index of the branch. False: the wait was already over. */
export const settleToken = (sfn: SFNClient, token: string, answer?: number): Promise<boolean> => {
  const output = JSON.stringify({ Payload: answer === undefined ? {} : { answer } });
  return unlessOver(sfn.send(new SendTaskSuccessCommand({ taskToken: token, output })));
};

/** The run was ended: its machine leaves the wait for its quiet end. */
export const endToken = (sfn: SFNClient, token: string, why: { how: string }): Promise<boolean> =>
  unlessOver(
    sfn.send(new SendTaskFailureCommand({ taskToken: token, error: 'Ended', cause: JSON.stringify(why) })),
  );
