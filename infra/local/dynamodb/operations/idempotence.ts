import { createHash } from 'node:crypto';
import type { TransactWriteItemsCommandInput } from '@aws-sdk/client-dynamodb';
import { AwsError } from '../../aws-error.ts';
import { constraint, type OperationContext } from './operation.ts';

const lifetimeMs = 10 * 60 * 1000;
const longestToken = 36;

/** SQLite's table of the transactions that were done with a token. */
export const tokensTable = `CREATE TABLE IF NOT EXISTS dynamodb_tokens
  (token TEXT PRIMARY KEY, request BLOB, at INTEGER) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS dynamodb_tokens_at ON dynamodb_tokens (at)`;

/**
 * Was this very transaction done within the last ten minutes?
 * @throws IdempotentParameterMismatchException when another one was done with its token
 */
export const isRepeat = (input: TransactWriteItemsCommandInput, { db, clock }: OperationContext): boolean => {
  const token = input.ClientRequestToken;
  if (!token) return false;
  if (token.length > longestToken)
    throw constraint(
      token,
      'clientRequestToken',
      `Member must have length less than or equal to ${longestToken}`,
    );
  const row = db
    .prepare('SELECT request FROM dynamodb_tokens WHERE token = ? AND at > ?')
    .get(token, clock.now() - lifetimeMs);
  if (!row) return false;
  if (!digest(input).equals(row.request as Uint8Array))
    throw new AwsError(
      'IdempotentParameterMismatchException',
      'Request was made with the same client token but a different payload',
    );
  return true;
};

export const remember = (input: TransactWriteItemsCommandInput, { db, clock }: OperationContext): void => {
  if (!input.ClientRequestToken) return;
  const now = clock.now();
  db.prepare('DELETE FROM dynamodb_tokens WHERE at <= ?').run(now - lifetimeMs);
  db.prepare('INSERT OR REPLACE INTO dynamodb_tokens VALUES (?, ?, ?)').run(
    input.ClientRequestToken,
    digest(input),
    now,
  );
};

const digest = ({ TransactItems }: TransactWriteItemsCommandInput): Buffer =>
  createHash('sha256').update(JSON.stringify(TransactItems)).digest();
