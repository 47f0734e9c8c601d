import type * as z from 'zod';
import { createClients } from '#aws/clients';
import type { madeTokenSchema } from '#functions/api/manage-tokens/schemas';
import { newTokenSchema } from '#functions/api/manage-tokens/schemas';
import { systemClock } from '#kernel/clock';
import { durationMs } from '#kernel/durations';
import { clientSchema } from '#model/client';
import { type Actor, keepAct, newAct } from '#store/audit';
import { addToken } from '#store/catalogue/token-changes';
import { openStore, type Store } from '#store/store';
import { clientsFolder, readClientFolder } from '../client-folder.ts';
import { localSettings } from '../local/contexts.ts';
import { Failure } from './failure.ts';
import { knownClient } from './files.ts';

export interface Wish {
  client: string;
  endpoint?: string | undefined;
  name: string;
  role: string;
  validFor?: string | undefined;
}

/** IAM knows whose credentials these are, and CloudTrail keeps it. */
const operator: Actor = { id: 'command-line', name: 'command line, by AWS credentials' };

/** Who may write the client's tables anyway may make a token: the first one, or after all were lost. */
export const addDirectly = async ({
  client,
  endpoint,
  ...wish
}: Wish): Promise<z.output<typeof madeTokenSchema>> => {
  const parsed = newTokenSchema.safeParse(wish);
  if (!parsed.success) throw new Failure(parsed.error.issues.map(({ message }) => message).join('\n'), 2);
  const { name, role, validFor } = parsed.data;
  const store = openTables(client, endpoint);
  const act = newAct(store, { actor: operator, what: 'tokens add', subject: 'tokens' });
  await keepAct(store, act);
  const validForMs = validFor === undefined ? undefined : durationMs(validFor);
  const { token, secret } = await addToken(store, { name, role, validForMs, by: operator.id });
  await keepAct(store, { ...act, subject: `tokens/${token.id}`, status: 201 });
  return { ...token, token: secret };
};

const openTables = (named: string, endpoint: string | undefined): Store => {
  const client = clientSchema.parse(readClientFolder(knownClient(named, clientsFolder)).client);
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const aws = createClients({ region: client.region, ...(endpoint ? { endpoint, credentials } : {}) });
  return openStore({ aws, clock: systemClock, settings: localSettings(client, '') });
};
