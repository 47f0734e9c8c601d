import { newId } from '#kernel/ids';
import { AwsError } from '../aws-error.ts';
import type { Database } from '../sqlite/database.ts';
import type { WorldClock } from '../time/clock.ts';
import type { Execute } from '../wire/model.ts';
import { ownName } from './own-name.ts';

export interface SecretsManagerOptions {
  db: Database;
  clock: Pick<WorldClock, 'now'>;
  region: string;
  account: string;
}

interface Version {
  id: string;
  text: string;
  stage: 'AWSCURRENT' | 'AWSPREVIOUS';
  created: number;
}

interface Given {
  SecretId?: string;
  Name?: string;
  SecretString?: string;
  ClientRequestToken?: string;
  VersionStage?: string;
}

/** Versions without a stage, which Secrets Manager removes by and by, are gone at once. */
const schema = `
  CREATE TABLE IF NOT EXISTS secret (name TEXT PRIMARY KEY);
  CREATE TABLE IF NOT EXISTS secret_version (
    secret TEXT NOT NULL, id TEXT NOT NULL, text TEXT NOT NULL, stage TEXT NOT NULL, created INTEGER NOT NULL,
    PRIMARY KEY (secret, stage))`;

const mostBytes = 65_536;
const exists = (message: string): AwsError => new AwsError('ResourceExistsException', message);
const missing = (what: string): AwsError =>
  new AwsError('ResourceNotFoundException', `Secrets Manager can't find the specified secret${what}.`);

/** Secrets of one account, as text. */
export const createSecretsManager = ({ db, clock, region, account }: SecretsManagerOptions): Execute => {
  db.sql.exec(schema);
  const known = db.prepare('SELECT name FROM secret WHERE name = ?');
  const insert = db.prepare('INSERT INTO secret VALUES (?)');
  const inStage = db.prepare<Version>('SELECT * FROM secret_version WHERE secret = ? AND stage = ?');
  const put = db.prepare('INSERT OR REPLACE INTO secret_version VALUES (?, ?, ?, ?, ?)');
  const versionOf = (name: string, stage = 'AWSCURRENT'): Version | undefined => inStage.get(name, stage);

  const prefix = `arn:aws:secretsmanager:${region}:${account}:secret:`;
  const tell = (name: string) => ({ ARN: prefix + ownName(name), Name: name });
  const nameOf = ({ SecretId = '' }: Given): string => {
    const name = SecretId.startsWith(prefix) ? SecretId.slice(prefix.length, -ownName('').length) : SecretId;
    if (!known.get(name)) throw missing('');
    return name;
  };
  const keep = (
    name: string,
    { SecretString: text = '', ClientRequestToken: id = newId() }: Given,
  ): string => {
    if (Buffer.byteLength(text) > mostBytes)
      throw new AwsError('InvalidParameterException', `A secret has at most ${mostBytes} bytes.`);
    const current = versionOf(name);
    if (current?.id === id && current.text !== text)
      throw exists(`You can't use ClientRequestToken ${id} because that value is already in use.`);
    if (current?.id === id) return id;
    if (current) put.run(name, current.id, current.text, 'AWSPREVIOUS', current.created);
    put.run(name, id, text, 'AWSCURRENT', clock.now());
    return id;
  };

  const operations: Readonly<Record<string, (input: Given) => Promise<object>>> = {
    CreateSecret: async (input) => {
      const { Name: name = '' } = input;
      if (known.get(name)) throw exists(`The operation failed because the secret ${name} already exists.`);
      const VersionId = await db.write(() => {
        insert.run(name);
        return input.SecretString === undefined ? undefined : keep(name, input);
      });
      return { ...tell(name), VersionId };
    },
    PutSecretValue: async (input) => {
      const name = nameOf(input);
      const VersionId = await db.write(() => keep(name, input));
      return { ...tell(name), VersionId, VersionStages: ['AWSCURRENT'] };
    },
    GetSecretValue: async (input) => {
      const [name, { VersionStage = 'AWSCURRENT' }] = [nameOf(input), input];
      const found = versionOf(name, VersionStage);
      if (!found) throw missing(` value for staging label: ${VersionStage}`);
      const { id: VersionId, text: SecretString, created } = found;
      return {
        ...{ ...tell(name), VersionId, SecretString, VersionStages: [VersionStage] },
        CreatedDate: new Date(created),
      };
    },
  };
  return async (operation, input) => {
    const work = operations[operation];
    if (!work) throw new AwsError('UnknownOperationException', '');
    return work(input as Given);
  };
};
