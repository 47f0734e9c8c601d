import { GetSecretValueCommand, PutSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import type { FunctionContext } from '#aws/function-context';
import type { StoredLinks } from './secrets.ts';

type Where = Pick<FunctionContext, 'aws' | 'settings'>;

/** Where the link keys are a second time: see decisions/2026-11-22-second-home-of-link-keys.md. */
export const readSecondHome = async ({ aws, settings }: Where): Promise<StoredLinks> => {
  const { SecretString = '' } = await aws.secretsmanager.send(
    new GetSecretValueCommand({ SecretId: settings.linkKeysSecret }),
  );
  const { current, signing, times } = JSON.parse(SecretString) as Written;
  const bytes = Object.entries(signing).map(([kid, text]) => [kid, Buffer.from(text, 'base64')] as const);
  return { current, times, signing: Object.fromEntries(bytes) };
};

interface Written extends Omit<StoredLinks, 'signing'> {
  /** Base64. */
  signing: Record<string, string>;
}

/** What addresses are hashed by stays where it is: no link needs it. */
export const writeSecondHome = async (
  { aws, settings }: Where,
  { current, signing, times }: StoredLinks,
): Promise<void> => {
  const texts = Object.entries(signing).map(([kid, bytes]) => [kid, Buffer.from(bytes).toString('base64')]);
  const written: Written = { current, times, signing: Object.fromEntries(texts) };
  await aws.secretsmanager.send(
    new PutSecretValueCommand({ SecretId: settings.linkKeysSecret, SecretString: JSON.stringify(written) }),
  );
};
