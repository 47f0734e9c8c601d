import type { Settings } from '#aws/function-context';
import type { LogLevel } from '#aws/log';
import type { MessageOrder } from '#channels/order';
import { AwsError } from '../aws-error.ts';
import type { Figure } from '../contexts.ts';
import type { TableSchema } from '../dynamodb/tables/schema.ts';
import type { PlainRow } from '../dynamodb/tables/stream-rows.ts';
import type { ServiceName } from '../wire/model.ts';
import type { Seam } from '../wire/seams.ts';

/** What the two threads say to each other: all of it data. */

/** What functions in the other thread are handed, as far as it never changes. */
export interface Setting {
  settings: Settings;
  seam: Seam;
  logLevel: LogLevel;
  /** Whose stream they read. */
  table: TableSchema;
}

/** A batch of the stream, at the world's time. */
export interface Call {
  functionName: string;
  rows: readonly PlainRow[];
  now: number;
}
export type Question = { id: number } & ({ order: MessageOrder } | { call: Call });
/** To what the other thread asked. */
export type Reply = { asked: number } & Outcome;
export type ToWorker = Question | Reply;

export type Outcome = { value: unknown; error?: undefined } | { value?: undefined; error: unknown };
export type Answer = { id: number } & Outcome;
/** What a function there needs of this thread: a service, or somebody to tell. */
export interface Ask {
  asked: number;
  by: string;
  of: ServiceName | 'tell';
  operation: string;
  input: unknown;
}
export type FromWorker = Answer | Ask | { figure: Figure };

/** A clone of an error keeps neither its class nor its fields. */
interface PlainError {
  aws: Pick<AwsError, 'name' | 'message' | 'fields' | 'statusCode'>;
}
export const toPlainError = (error: unknown): unknown => {
  if (!(error instanceof AwsError)) return error;
  const { name, message, fields, statusCode } = error;
  return { aws: { name, message, fields, statusCode } } satisfies PlainError;
};
export const fromPlainError = (error: unknown): unknown => {
  const plain = (error as Partial<PlainError> | null)?.aws;
  return plain ? new AwsError(plain.name, plain.message, plain.fields, plain.statusCode) : error;
};
