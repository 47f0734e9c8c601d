import type { Settings } from '#aws/function-context';
import type { Execute } from '../wire/model.ts';

/** The secret as `infra/aws/data-stack.ts` deploys it: nothing is in it. Made where it is not there yet. */
export const createSecrets = async (
  secretsmanager: Execute,
  { linkKeysSecret: Name }: Settings,
): Promise<void> => {
  try {
    await secretsmanager('CreateSecret', { Name });
  } catch (error) {
    if ((error as Error).name !== 'ResourceExistsException') throw error;
  }
};
