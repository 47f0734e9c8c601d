import {
  CreateSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  ResourceExistsException,
  ResourceNotFoundException,
} from '@aws-sdk/client-secrets-manager';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Database, openDatabase } from '../sqlite/database.ts';
import { createVirtualClock } from '../time/clock.ts';
import type { Execute } from '../wire/model.ts';
import { createLocalClients } from '../wire/seams.ts';
import { createSecretsManager } from './engine.ts';

const region = 'eu-central-1';
const clock = createVirtualClock(Date.UTC(2026, 2, 1, 9));
const nothing: Execute = () => Promise.reject(new Error('not here'));
let db: Database;
beforeEach(() => {
  db = openDatabase(':memory:');
});
afterEach(() => db.close());

describe.each(['direct', 'wire'] as const)('by %s', (seam) => {
  const open = () => {
    const secretsmanager = createSecretsManager({ db, clock, region, account: '111122223333' });
    const others = { dynamodb: nothing, sfn: nothing, ses: nothing, sns: nothing };
    return createLocalClients({ ...others, secretsmanager }, { seam, region }).secretsmanager;
  };
  const SecretId = 'wayleaf-acme-link-keys';

  test('a secret is made empty, has what was put last, and what was before', async () => {
    const client = open();
    await client.send(new CreateSecretCommand({ Name: SecretId }));
    const get = (more = {}) => client.send(new GetSecretValueCommand({ SecretId, ...more }));
    await expect(get()).rejects.toThrow(ResourceNotFoundException);
    await client.send(new PutSecretValueCommand({ SecretId, SecretString: 'one' }));
    const { VersionId, ARN } = await client.send(
      new PutSecretValueCommand({ SecretId, SecretString: 'two' }),
    );
    const CreatedDate = new Date(clock.now());
    expect(await get()).toMatchObject({ SecretString: 'two', VersionId, CreatedDate, Name: SecretId });
    expect(await get({ SecretId: ARN, VersionStage: 'AWSPREVIOUS' })).toMatchObject({ SecretString: 'one' });
  });

  test('the same request again changes nothing; with another value it is refused', async () => {
    const client = open();
    await client.send(new CreateSecretCommand({ Name: SecretId }));
    const ClientRequestToken = 'a'.repeat(32);
    const put = (SecretString: string) =>
      client.send(new PutSecretValueCommand({ SecretId, SecretString, ClientRequestToken }));
    expect((await put('one')).VersionId).toBe((await put('one')).VersionId);
    await expect(put('two')).rejects.toThrow(ResourceExistsException);
  });

  test('refuses a name twice, a secret that is not there, and one that is too large', async () => {
    const client = open();
    const make = () => client.send(new CreateSecretCommand({ Name: SecretId }));
    const put = (SecretString: string) => client.send(new PutSecretValueCommand({ SecretId, SecretString }));
    await expect(put('one')).rejects.toThrow(ResourceNotFoundException);
    await make();
    await expect(make()).rejects.toThrow(ResourceExistsException);
    await expect(put('x'.repeat(65_537))).rejects.toThrow('65536');
  });
});
